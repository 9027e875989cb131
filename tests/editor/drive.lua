-- Does in a real editor what a drafter does, and writes what was seen to standard output as JSON. Run by tests/editor.rs.
--
-- It waits for what must happen, up to a deadline, and never for a while.

local DEADLINE = 60000
local crossfoot = vim.env.CROSSFOOT_COMMAND
local folder = vim.env.CROSSFOOT_FOLDER
local seen = {}

local told, text_shown

local function wait(what, condition)
  local value
  local came = vim.wait(DEADLINE, function()
    value = condition()
    return value ~= nil and value ~= false
  end, 2)
  if not came then
    seen.diagnostics, seen.text_at_end = told(), #text_shown()
    error("not seen in time: " .. what)
  end
  return value
end

-- The diagnostics of the buffer that is shown, lines from 1.
function told()
  local list = {}
  for _, it in ipairs(vim.diagnostic.get(0)) do
    table.insert(list, { line = it.lnum + 1, code = it.code, message = it.message, severity = it.severity, source = it.source })
  end
  table.sort(list, function(a, b)
    return a.line == b.line and a.message < b.message or a.line < b.line
  end)
  return list
end

local function find(condition)
  return function()
    for _, it in ipairs(told()) do
      if condition(it) then
        return it
      end
    end
  end
end

function text_shown()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n"
end

-- What the server had shown.
local function listen()
  seen.messages = {}
  local show = vim.lsp.handlers["window/showMessage"]
  vim.lsp.handlers["window/showMessage"] = function(error, params, ...)
    table.insert(seen.messages, params.message)
    return show(error, params, ...)
  end
end

local function said(words)
  return function()
    for _, message in ipairs(seen.messages) do
      if message:find(words, 1, true) then
        return message
      end
    end
  end
end

local function on_disk(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("*a")
  file:close()
  return content
end

-- Asks for what can be done at the cursor, and takes the first that fits, as somebody would in the list.
local function act(pattern, only)
  local titles = {}
  vim.ui.select = function(items, options, on_choice)
    local chosen
    for _, item in ipairs(items) do
      local title = options.format_item and options.format_item(item) or item.title
      table.insert(titles, title)
      if not chosen and title:match(pattern) then
        chosen = item
      end
    end
    on_choice(chosen)
  end
  if vim.fn.has("nvim-0.8") == 1 then
    vim.lsp.buf.code_action({ context = { only = { only }, diagnostics = {} } })
  else
    vim.lsp.buf.code_action({ only = { only } })
  end
  return titles
end

-- The first place of a word in the buffer.
local function go_to(word, flags)
  vim.fn.cursor(1, 1)
  vim.fn.search(word, "c" .. (flags or ""))
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, DEADLINE)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end

local function position()
  local encoding = vim.fn.has("nvim-0.11") == 1 and vim.lsp.get_clients({ bufnr = 0 })[1].offset_encoding or nil
  return vim.lsp.util.make_position_params(0, encoding)
end

local function plan()
  local path = folder .. "/plans/itu.toml"
  local before = on_disk(path)
  vim.cmd("edit " .. path)
  wait("the known diagnostics", function()
    return #vim.diagnostic.get(0) > 10
  end)
  seen.known = told()
  seen.filetype = vim.bo.filetype

  go_to("9_742_870")
  local line = vim.fn.line(".")
  vim.cmd("normal! cw9_742_970")
  seen.new = wait("the diagnostic of the edited figure", find(function(it)
    return it.line == line and it.code == "totals/outputs"
  end))

  seen.titles = act("9_742_870", "quickfix")
  wait("the text as it was", function()
    return text_shown() == before
  end)
  wait("the diagnostics as they were", function()
    return #vim.diagnostic.get(0) == #seen.known
  end)
  seen.after = told()
  vim.cmd("silent write")
  seen.as_it_was = on_disk(path) == before

  go_to("9_742_870")
  vim.cmd("normal! cw9_742_970")
  wait("the diagnostic again", find(function(it)
    return it.line == line and it.code == "totals/outputs"
  end))
  local edited = text_shown()
  require("crossfoot").fix_all()
  wait("what all safe fixes make", function()
    return text_shown() ~= edited
  end)
  seen.fixed = text_shown()
  wait("what is left", said(" left: "))
  vim.cmd("silent write")
end

local function rule()
  local path = folder .. "/rules/house/most.rhai"
  local before = on_disk(path)
  vim.cmd("edit " .. path)
  seen.rule_filetype = vim.bo.filetype
  wait("the rule's lenses", function()
    local lenses = ask("textDocument/codeLens", { textDocument = vim.lsp.util.make_text_document_params() })
    seen.lenses = vim.tbl_map(function(lens)
      return lens.command and lens.command.title
    end, lenses or {})
    return #seen.lenses > 0
  end)

  go_to("expect_range")
  local hover = ask("textDocument/hover", position())
  seen.hover = hover and (hover.contents.value or hover.contents)
  vim.cmd("normal! cwexpct_range")
  seen.misspelled = wait("the misspelled verb", find(function(it)
    return it.message:match("expct_range")
  end))
  vim.cmd("normal! u")
  wait("the rule without a fault", function()
    return #vim.diagnostic.get(0) == 0
  end)
  seen.rule_as_it_was = text_shown() == before

  go_to("plan.objectives", "e")
  local items = ask("textDocument/completion", position())
  items = items and (items.items or items) or {}
  seen.completion = vim.tbl_map(function(item)
    return item.label
  end, items)

  require("crossfoot").run_cases()
  wait("the verdict of the cases", said("2 cases"))
end

vim.o.swapfile = false
require("crossfoot").setup({ cmd = { crossfoot, "lsp" } })
listen()
local ok, message = xpcall(function()
  plan()
  rule()
end, debug.traceback)
if not ok then
  seen.failed = message
end
seen.version = tostring(vim.version().major) .. "." .. tostring(vim.version().minor)
io.stdout:write(vim.json.encode(seen), "\n")
vim.cmd("qall!")
