-- crossfoot for Neovim 0.11 and later: `vim.lsp.enable("crossfoot")`, with this folder's parent on the runtime path.

return {
  cmd = { "crossfoot", "lsp" },
  filetypes = { "toml", "rhai" },
  root_dir = function(bufnr, on_dir)
    local root = require("crossfoot").root_of(vim.api.nvim_buf_get_name(bufnr))
    if root then
      on_dir(root)
    end
  end,
  settings = { crossfoot = { showRounding = false, inlayHints = true, codeLens = true } },
}
