;;; drive.el --- Does in a real editor what a drafter does -*- lexical-binding: t -*-

;; Writes what was seen to standard output as JSON. Run by tests/emacs.rs. It waits for what must happen, up to a deadline,
;; and never for a while.

(require 'cl-lib)
(require 'json)
(require 'seq)

(defvar seen nil "What was seen, by key.")

(defun see (key value) "Remember VALUE under KEY." (push (cons key value) seen))

(defun wait-for (what condition)
  "Wait until CONDITION returns something: WHAT is being waited for."
  (let ((deadline (+ (float-time) 60)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) deadline) (error "Not seen in time: %s" what))
      (accept-process-output nil 0.02))
    value))

(defun open-file (file)
  "Open FILE as a user does: what waits for the command to end is done."
  (find-file (expand-file-name file (getenv "CROSSFOOT_FOLDER")))
  (run-hooks 'post-command-hook)
  (wait-for "the server" #'eglot-managed-p))

(defun told ()
  "Lines and texts of the diagnostics."
  (flymake-start)
  (mapcar (lambda (it) (list (line-number-at-pos (flymake-diagnostic-beg it)) (flymake-diagnostic-text it)))
          (flymake-diagnostics)))

(defun told-of (words)
  "The text of the diagnostic with these WORDS."
  (seq-some (lambda (it) (and (string-match-p (regexp-quote words) (cadr it)) (cadr it))) (told)))

(defun at-figure (figure)
  "Put the cursor into the first FIGURE."
  (goto-char (point-min))
  (search-forward figure)
  (backward-char 2))

(defun drive ()
  "Do it all."
  (open-file "plans/itu.toml")
  (see 'mode (symbol-name major-mode))
  (see 'known (vconcat (mapcar (lambda (it) (vector (car it) (cadr it))) (wait-for "the first findings" #'told))))
  (at-figure "2020 = 9_742_870")
  (goto-char (match-beginning 0))
  (let ((start (point)))
    (search-forward "9_742_870")
    (replace-match "9_742_970")
    (goto-char (+ start 10)))
  (see 'titles (vconcat (mapcar (lambda (it) (plist-get it :title)) (eglot-code-actions (point) (point)))))
  (see 'new (wait-for "the new finding" (lambda () (told-of "do not make its stated total for 2020"))))
  (crossfoot-fix-all)
  ;; What a pause of the drafter's does: the change is sent. There are no pauses in a batch.
  (eglot--signal-textDocument/didChange)
  (at-figure "id = \"I.1-1\"")
  ;; Asked whether several files may be changed, the drafter says yes.
  (cl-letf (((symbol-function 'y-or-n-p) #'always)) (eglot-rename "I.1-9"))
  (see 'renamed (buffer-string))
  (see 'config (with-current-buffer (find-file-noselect (expand-file-name "crossfoot.toml" (getenv "CROSSFOOT_FOLDER")))
                 (buffer-string)))
  (open-file "rules/house/most.rhai")
  (see 'rule-mode (symbol-name major-mode))
  (see 'cases (crossfoot-run-cases))
  (see 'servers (length (apply #'append (hash-table-values eglot--servers-by-project))))
  (see 'messages (with-current-buffer "*Messages*" (buffer-string))))

(condition-case problem
    (progn
      (add-to-list 'load-path (getenv "CROSSFOOT_EDITORS"))
      (setq crossfoot-command (list (getenv "CROSSFOOT_COMMAND") "lsp"))
      (require 'crossfoot)
      (setq eglot-sync-connect t eglot-confirm-server-initiated-edits nil)
      (drive))
  (error (see 'failed (error-message-string problem))))
(princ (json-encode seen))
(kill-emacs 0)
;;; drive.el ends here
