//! A thing of the catalogue with everything said of it, which may hold other things; and the order
//! in which all of it is written.

use std::collections::BTreeSet;
use std::io;

use oxrdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term as Node, Triple};

use super::vocabulary::{self as word, Term, Word};
use crate::publish::catalogue::Text;

/// Something that is described.
pub struct Thing {
    /// Its address; nothing for what only exists within another thing.
    address: Option<NamedNode>,
    lines: Vec<(Word, Object)>,
}

/// What is said.
enum Object {
    Node(Node),
    Thing(Thing),
    Term(Term),
}

impl Thing {
    /// A thing with an address of its own.
    pub fn named(address: &str, class: Word) -> io::Result<Self> {
        Ok(Self { address: Some(named(address)?), lines: Vec::new() }.link(word::TYPE, class))
    }

    /// A page for people.
    pub fn page(address: &str) -> io::Result<Self> {
        Self::named(address, word::DOCUMENT)
    }

    /// Anything at an address. The shapes of the profile ask for this class by name, which RDF
    /// gives to everything.
    pub fn anything(address: &str) -> io::Result<Self> {
        Self::named(address, word::RESOURCE)
    }

    /// A thing that only exists within another one. Portals look up what has an address, so that
    /// periods and contacts must have none.
    pub fn nameless(class: Word) -> Self {
        Self { address: None, lines: Vec::new() }.link(word::TYPE, class)
    }

    /// Says a word of a vocabulary.
    pub fn link(self, what: Word, object: Word) -> Self {
        self.say(what, Object::Node(Node::NamedNode(object.into_owned())))
    }

    /// Says an address.
    pub fn points_to(self, what: Word, address: &str) -> io::Result<Self> {
        Ok(self.say(what, Object::Node(Node::NamedNode(named(address)?))))
    }

    /// Says an address, if there is one.
    pub fn may_point_to(self, what: Word, address: Option<&str>) -> io::Result<Self> {
        match address {
            Some(address) => self.points_to(what, address),
            None => Ok(self),
        }
    }

    /// Says a text in both languages; French first, which is taken by those who read only one.
    pub fn text(self, what: Word, text: &Text) -> Self {
        let mut thing = self;
        for (language, said) in [("fr", &text.fr), ("en", &text.en)] {
            let literal = Literal::new_language_tagged_literal_unchecked(said, language);
            thing = thing.say(what, Object::Node(literal.into()));
        }
        thing
    }

    /// Says a text of no language.
    pub fn plain(self, what: Word, text: &str) -> Self {
        self.say(what, Object::Node(Literal::new_simple_literal(text).into()))
    }

    /// Says a value of a type.
    pub fn value(self, what: Word, value: String, of: Word) -> Self {
        self.say(what, Object::Node(Literal::new_typed_literal(value, of).into()))
    }

    /// Says a value of a type, if there is one.
    pub fn may_value(self, what: Word, value: Option<String>, of: Word) -> Self {
        match value {
            Some(value) => self.value(what, value, of),
            None => self,
        }
    }

    /// Says a term that somebody else defines.
    pub fn term(self, what: Word, term: Term) -> Self {
        self.say(what, Object::Term(term))
    }

    /// Says another thing, which is written after this one.
    pub fn thing(self, what: Word, thing: Thing) -> Self {
        self.say(what, Object::Thing(thing))
    }

    /// Says another thing, if there is one.
    pub fn may_thing(self, what: Word, thing: Option<Thing>) -> Self {
        match thing {
            Some(thing) => self.thing(what, thing),
            None => self,
        }
    }

    fn say(mut self, what: Word, object: Object) -> Self {
        self.lines.push((what, object));
        self
    }
}

/// Hands things on as triples, always in the same order. What several things say, such as who
/// publishes them, is written once, at the end.
pub struct Order<'a> {
    write: &'a mut dyn FnMut(Triple) -> io::Result<()>,
    nameless: usize,
    terms: BTreeSet<Term>,
}

impl<'a> Order<'a> {
    /// An order that hands triples to a function.
    pub fn new(write: &'a mut dyn FnMut(Triple) -> io::Result<()>) -> Self {
        Self { write, nameless: 0, terms: BTreeSet::new() }
    }

    /// Writes a thing and what it holds.
    pub fn write(&mut self, thing: Thing) -> io::Result<()> {
        let subject = self.subject(&thing);
        self.write_as(subject, thing)
    }

    /// Writes the terms that the things used.
    pub fn finish(mut self) -> io::Result<()> {
        for term in std::mem::take(&mut self.terms) {
            let is_list = term.class == word::CONCEPT_SCHEME;
            let name = if is_list { word::TITLE } else { word::PREFERRED_LABEL };
            let mut thing = Thing::named(&term.address, term.class)?;
            if let Some([fr, en]) = term.names {
                thing = thing.text(name, &Text { fr, en });
            }
            self.write(thing)?;
        }
        Ok(())
    }

    fn subject(&mut self, thing: &Thing) -> NamedOrBlankNode {
        match &thing.address {
            Some(address) => address.clone().into(),
            None => {
                self.nameless += 1;
                BlankNode::new_unchecked(format!("n{}", self.nameless)).into()
            }
        }
    }

    fn write_as(&mut self, subject: NamedOrBlankNode, thing: Thing) -> io::Result<()> {
        let mut held = Vec::new();
        for (what, object) in thing.lines {
            let object = match object {
                Object::Node(node) => node,
                Object::Thing(thing) => {
                    let subject = self.subject(&thing);
                    held.push((subject.clone(), thing));
                    subject.into()
                }
                Object::Term(term) => {
                    let node = named(&term.address)?;
                    self.terms.insert(term);
                    node.into()
                }
            };
            (self.write)(Triple::new(subject.clone(), what, object))?;
        }
        held.into_iter().try_for_each(|(subject, thing)| self.write_as(subject, thing))
    }
}

fn named(address: &str) -> io::Result<NamedNode> {
    NamedNode::new(address).map_err(|error| {
        let message = format!("{address:?} is no address that a catalogue can hold: {error}");
        io::Error::new(io::ErrorKind::InvalidInput, message)
    })
}
