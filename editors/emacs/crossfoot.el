;;; crossfoot.el --- Audits of plans while they are written -*- lexical-binding: t -*-

;;; Commentary:

;; For Emacs 29 and later, with its built-in Eglot, or 28 with Eglot as a package: (require 'crossfoot) in your init file.

;;; Code:

(require 'eglot)

(defgroup crossfoot nil
  "Audits of plans while they are written."
  :group 'tools)

(defcustom crossfoot-command '("crossfoot" "lsp")
  "The command; (\"crossfoot\" \"lsp\" \"--log\" \"/tmp/crossfoot.log\") writes a log."
  :type '(repeat string))

(defcustom crossfoot-settings '(:showRounding :json-false :inlayHints t :codeLens t)
  "What the server knows."
  :type 'plist)

;; Emacs has no mode for Rhai; its braces and comments are those of JavaScript.
(define-derived-mode rhai-mode js-mode "Rhai"
  "Rules of crossfoot.")

(add-to-list 'auto-mode-alist '("\\.rhai\\'" . rhai-mode))

(add-to-list 'eglot-server-programs
             `((toml-ts-mode conf-toml-mode (rhai-mode :language-id "rhai"))
               . (,@crossfoot-command :initializationOptions ,crossfoot-settings)))

;; One server for all that a crossfoot.toml speaks of, also where no version control says what belongs together.
(defun crossfoot-project (folder)
  "The folder of the crossfoot.toml above FOLDER, as a project."
  (when-let ((root (locate-dominating-file folder "crossfoot.toml")))
    (cons 'transient root)))

(add-hook 'project-find-functions #'crossfoot-project 90)

(defun crossfoot-maybe-start ()
  "Start the server for plans and rules."
  (when (and buffer-file-name
             (or (locate-dominating-file buffer-file-name "crossfoot.toml")
                 (string-match-p "/\\(?:plans\\|rules\\)/" buffer-file-name)))
    (eglot-ensure)))

(dolist (hook '(toml-ts-mode-hook conf-toml-mode-hook rhai-mode-hook))
  (add-hook hook #'crossfoot-maybe-start))

(defun crossfoot--run (command)
  "Have the server run COMMAND for the file that is open."
  (eglot-execute-command (eglot--current-server-or-lose) command
                         (vector (plist-get (eglot--TextDocumentIdentifier) :uri))))

(defun crossfoot-fix-all ()
  "Apply every fix that is safe, and say what is left."
  (interactive)
  (crossfoot--run "crossfoot.fixAll"))

(defun crossfoot-run-cases ()
  "Run the cases of the rule, with the text that is open."
  (interactive)
  (crossfoot--run "crossfoot.runCases"))

(provide 'crossfoot)
;;; crossfoot.el ends here
