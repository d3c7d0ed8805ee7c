//! Reads a Rust file: the paths that it names and the text literals that it holds, tests left out.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ItemFn, ItemMod, ItemUse, LitStr, Macro, UseTree};

use super::tree::SourceFile;

/// A path as written: `crate::store::Tx`, `Instant::now`.
#[derive(Debug, PartialEq, Eq)]
pub struct NamedPath {
    /// Line, from 1.
    pub line: usize,
    /// The names between the colons.
    pub names: Vec<String>,
}

impl NamedPath {
    /// Whether the path begins with these names.
    pub fn starts_with(&self, names: &[&str]) -> bool {
        self.names.len() >= names.len() && self.names.iter().zip(names).all(|(name, start)| name == start)
    }

    /// Whether the path ends with these names.
    pub fn ends_with(&self, names: &[&str]) -> bool {
        self.names.len() >= names.len()
            && self.names.iter().rev().zip(names.iter().rev()).all(|(name, end)| name == end)
    }
}

/// What a file names.
#[derive(Debug, Default)]
pub struct Names {
    /// Paths in order of appearance.
    pub paths: Vec<NamedPath>,
    /// Text literals with their lines.
    pub texts: Vec<(usize, String)>,
}

/// Reads `file`; a file that does not parse names nothing, for the compiler reports it.
pub fn names(file: &SourceFile) -> Names {
    let mut names = Names::default();
    if let Ok(parsed) = syn::parse_file(&file.text) {
        names.visit_file(&parsed);
    }
    names
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_test(&item.attrs) {
            self.spread(&item.tree, &mut Vec::new());
        }
    }

    // Doc comments are attributes and hold text that is no code.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            let line = first.ident.span().start().line;
            let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.paths.push(NamedPath { line, names });
        }
        visit::visit_path(self, path);
    }

    fn visit_lit_str(&mut self, literal: &'ast LitStr) {
        self.texts.push((literal.span().start().line, literal.value()));
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        visit::visit_macro(self, item);
        self.walk(item.tokens.clone());
    }
}

impl Names {
    /// One path for each leaf of a `use`.
    fn spread(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.spread(&path.tree, before);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.spread(item, before)),
            UseTree::Name(name) => self.leaf(&name.ident, before),
            UseTree::Rename(rename) => self.leaf(&rename.ident, before),
            UseTree::Glob(glob) => {
                let line = glob.star_token.spans[0].start().line;
                self.paths.push(NamedPath { line, names: before.clone() });
            }
        }
    }

    fn leaf(&mut self, name: &proc_macro2::Ident, before: &[String]) {
        let mut names = before.to_vec();
        names.push(name.to_string());
        self.paths.push(NamedPath { line: name.span().start().line, names });
    }

    /// The inside of a macro call is only tokens: literals, and names joined by `::`.
    fn walk(&mut self, tokens: TokenStream) {
        let mut path: Option<NamedPath> = None;
        let mut is_joined = false;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => match &mut path {
                    Some(open) if is_joined => open.names.push(ident.to_string()),
                    _ => {
                        self.paths.extend(path.take());
                        let line = ident.span().start().line;
                        path = Some(NamedPath { line, names: vec![ident.to_string()] });
                    }
                },
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    is_joined = mark.spacing() == Spacing::Joint || path.is_some();
                    continue;
                }
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                        self.texts.push((line, text.value()));
                    }
                    self.paths.extend(path.take());
                }
                TokenTree::Group(group) => {
                    self.paths.extend(path.take());
                    self.walk(group.stream());
                }
                TokenTree::Punct(_) => self.paths.extend(path.take()),
            }
            is_joined = false;
        }
        self.paths.extend(path);
    }
}

/// `#[cfg(test)]`, `#[test]` and their like.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_test = attribute.path().is_ident("test");
        let is_cfg_test = attribute.path().is_ident("cfg")
            && attribute
                .meta
                .require_list()
                .is_ok_and(|list| list.tokens.clone().into_iter().any(|token| token.to_string() == "test"));
        is_test || is_cfg_test
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Names {
        names(&SourceFile { path: "crm/src/a.rs".to_owned(), text: text.to_owned() })
    }

    fn written(names: &Names) -> Vec<String> {
        names.paths.iter().map(|path| path.names.join("::")).collect()
    }

    #[test]
    fn uses_are_spread_and_tests_left_out() {
        let names = read(
            "use a::{b, c::{self as x, D}, e::*};\n#[cfg(test)]\nmod tests { use never::seen; }\n#[test]\nfn t() { no::no(); }",
        );
        assert_eq!(written(&names), ["a::b", "a::c::self", "a::c::D", "a::e"]);
    }

    #[test]
    fn expressions_types_and_the_inside_of_macros_are_seen() {
        let names = read(
            "fn f(x: p::Q) { r::s(); println!(\"SELECT {}\", t::u(v::w)); }\n/// SELECT in a comment\nfn g() {}",
        );
        for path in ["p::Q", "r::s", "t::u", "v::w"] {
            assert!(written(&names).contains(&path.to_owned()), "{path} in {:?}", written(&names));
        }
        assert_eq!(names.texts, [(1, "SELECT {}".to_owned())]);
    }
}
