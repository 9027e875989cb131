//! The parts of a file, where a name is defined, and what is shown above the function that is run.

use std::path::PathBuf;

use super::{Lens, RuleText, Symbol, SymbolKind, Target};
use crate::rules::CasesRun;
use crate::script::{Kind, Outline};
use crate::source::Span;

impl RuleText<'_> {
    /// Imports, constants and functions, in the order of the text.
    pub(in crate::lsp) fn symbols(&self) -> Vec<Symbol> {
        let imports = self.outline.imports.iter().filter(|import| !import.name.is_empty()).map(|import| Symbol {
            kind: SymbolKind::Import,
            name: import.name.clone(),
            detail: import.path.clone(),
            span: import.span,
            name_span: import.path_span,
        });
        let constants = self.outline.constants.iter().map(|constant| Symbol {
            kind: SymbolKind::Constant,
            name: constant.name.clone(),
            detail: self.text.get(constant.value.range()).unwrap_or_default().to_owned(),
            span: constant.span,
            name_span: constant.name_span,
        });
        let functions = self.outline.functions.iter().map(|function| Symbol {
            kind: SymbolKind::Function,
            name: function.name.clone(),
            detail: function.signature().strip_prefix(&*function.name).unwrap_or_default().to_owned(),
            span: function.span,
            name_span: function.name_span,
        });
        let mut symbols: Vec<Symbol> = imports.chain(constants).chain(functions).collect();
        symbols.sort_by_key(|symbol| symbol.span.start);
        symbols
    }

    /// Where the name at an offset is defined.
    pub(in crate::lsp) fn definition(&self, offset: u32) -> Option<Target> {
        let at = self.outline.token_at(self.within(offset))?;
        let token = self.outline.tokens[at];
        let here = |span: Span| Some(Target { file: None, text: None, span });
        if let Some(import) = self.outline.imports.iter().find(|import| import.path_span == token.span) {
            return self.shared_file(&import.path, None);
        }
        if token.kind != Kind::Word {
            return None;
        }
        let name = self.word(at);
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.word(at));
        match before(1) {
            "::" => {
                let import = self.outline.import(before(2))?;
                self.shared_file(&import.path, Some(name))
            }
            "." => {
                let is_params = before(2) == "params";
                let param = self.params().into_iter().find(|(param, ..)| is_params && *param == name);
                param.and_then(|(_, span, _)| here(span))
            }
            _ if self.word(at + 1) == "::" => {
                let import = self.outline.import(name)?;
                here(import.span)
            }
            _ => {
                // The place itself is a definition as well: asked there, it names itself.
                let locals = self.outline.locals(self.text, token.span.end);
                let local = locals.iter().find(|local| local.name == name).map(|local| local.span);
                let local = local.filter(|_| self.word(at + 1) != "(");
                let function = || self.outline.function(name).map(|function| function.name_span);
                let constant = || self.outline.constants.iter().find(|c| c.name == name).map(|c| c.name_span);
                local.or_else(function).or_else(constant).and_then(here)
            }
        }
    }

    /// A file of shared code, or a function of it.
    fn shared_file(&self, path: &str, function: Option<&str>) -> Option<Target> {
        let (_, source) = self.root.shared().find(|(known, _)| *known == path)?;
        let span = match function {
            Some(name) => Outline::of(source.text()).function(name)?.name_span,
            None => Span::new(0, 0),
        };
        Some(Target { file: Some(PathBuf::from(source.name())), text: Some(source.text().to_owned()), span })
    }

    /// What is shown above the function that is run: how many cases there are to run, and what became of them the last time.
    pub(in crate::lsp) fn lenses(&self, last: Option<&CasesRun>) -> Vec<Lens> {
        let runs = ["check", "judge"].iter().find_map(|name| self.outline.function(name));
        let Some(function) = runs else { return Vec::new() };
        let cases = self.root.count_cases(self.file);
        let plural = if cases == 1 { "" } else { "s" };
        let lens = |title: String| Lens { span: function.name_span, title };
        let run = (cases > 0).then(|| lens(format!("▶ run {cases} case{plural}")));
        let verdict = last.map(|last| lens(last.to_string()));
        run.into_iter().chain(verdict).collect()
    }
}
