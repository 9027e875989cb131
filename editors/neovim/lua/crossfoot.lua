-- crossfoot for Neovim 0.7 and later, with its built-in client: `require("crossfoot").setup()` in init.lua.
--
-- Starts `crossfoot lsp` for plans and rules, and adds :CrossfootFixAll and :CrossfootRunCases.

local M = {}

M.defaults = {
  -- The command, by its name or its whole path. { "crossfoot", "lsp", "--log", "/tmp/crossfoot.log" } writes a log.
  cmd = { "crossfoot", "lsp" },
  -- What the server knows: showRounding, inlayHints, codeLens.
  settings = {},
  -- Called as on_attach(client, bufnr), for mappings of your own.
  on_attach = function() end,
}

-- The folder that a file belongs to: that of the nearest crossfoot.toml, or the one that holds plans/ or rules/. Other files
-- are none of crossfoot's business.
function M.root_of(file)
  local dir = vim.fn.fnamemodify(file, ":p:h")
  local config = vim.fn.findfile("crossfoot.toml", vim.fn.escape(dir, " ,;") .. ";")
  if config ~= "" then
    return vim.fn.fnamemodify(config, ":p:h")
  end
  while true do
    local name = vim.fn.fnamemodify(dir, ":t")
    local above = vim.fn.fnamemodify(dir, ":h")
    if name == "plans" or name == "rules" then
      return above
    end
    if above == dir then
      return nil
    end
    dir = above
  end
end

local clients = {}

local function start(config)
  -- Since 0.8 the editor itself starts one server for each folder.
  if vim.lsp.start then
    return vim.lsp.start(config)
  end
  local id = clients[config.root_dir]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    clients[config.root_dir] = id
  end
  if id then
    vim.lsp.buf_attach_client(0, id)
  end
  return id
end

local function attached(options)
  return function(client, bufnr)
    vim.bo[bufnr].omnifunc = "v:lua.vim.lsp.omnifunc"
    local function refresh()
      if options.settings.codeLens ~= false and vim.api.nvim_buf_is_loaded(bufnr) then
        pcall(vim.lsp.codelens.refresh, vim.fn.has("nvim-0.10") == 1 and { bufnr = bufnr } or nil)
      end
    end
    vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "BufWritePost" }, { buffer = bufnr, callback = refresh })
    refresh()
    if vim.lsp.inlay_hint and options.settings.inlayHints ~= false then
      pcall(vim.lsp.inlay_hint.enable, true, { bufnr = bufnr })
    end
    options.on_attach(client, bufnr)
  end
end

local function run(name)
  local command = { command = name, arguments = { vim.uri_from_bufnr(0) } }
  vim.lsp.buf_request(0, "workspace/executeCommand", command, function(error)
    if error then
      vim.notify(error.message, vim.log.levels.ERROR)
    end
  end)
end

-- Applies every fix that is safe, without asking; the server says what is left.
function M.fix_all()
  run("crossfoot.fixAll")
end

-- Runs the cases of the rule, with the text that is open.
function M.run_cases()
  run("crossfoot.runCases")
end

function M.setup(options)
  options = vim.tbl_deep_extend("force", M.defaults, options or {})
  local group = vim.api.nvim_create_augroup("crossfoot", { clear = true })
  vim.api.nvim_create_autocmd({ "BufNewFile", "BufRead" }, {
    group = group,
    pattern = "*.rhai",
    callback = function()
      vim.bo.filetype = "rhai"
    end,
  })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = { "toml", "rhai" },
    callback = function()
      local root = M.root_of(vim.api.nvim_buf_get_name(0))
      if root then
        start({
          name = "crossfoot",
          cmd = options.cmd,
          root_dir = root,
          workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
          init_options = options.settings,
          settings = { crossfoot = options.settings },
          on_attach = attached(options),
          capabilities = options.capabilities,
        })
      end
    end,
  })
  vim.api.nvim_create_user_command("CrossfootFixAll", M.fix_all, {})
  vim.api.nvim_create_user_command("CrossfootRunCases", M.run_cases, {})
end

return M
