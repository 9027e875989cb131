//! Expectations: the verbs that end in passed, failed or not applicable.
//!
//! Each ends in exactly one of the three for each thing it is asked about, and records it in the run; a failure becomes a
//! finished finding here. Nothing is returned to the rule, so that no rule can take "not applicable" for "passed".

use std::sync::Arc;

use rhai::Dynamic;

use super::explain;
use super::figure::{Figure, common_unit};
use super::mend;
use super::message::{Message, Spoken};
use super::operand::Operand;
use super::problem::Problem;
use super::run::Run;
use super::selection::{Selection, id_path, identity};
use crate::figure::{Cell, Comparison, Decimal, Grade, compare};
use crate::finding::{Finding, Fingerprint, Label, Severity};
use crate::plan::{NodeId, NodeRef};
use crate::source::Place;
use crate::words::Said;

/// What a finding is about.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) plan: u32,
    pub(super) node: NodeId,
}

impl Subject {
    pub(super) fn of_cell(cell: Cell) -> Self {
        Self { plan: cell.plan, node: NodeId::from_index(cell.node as usize) }
    }

    pub(super) fn node(self, run: &Run) -> NodeRef<'_> {
        run.plan(self.plan).node(self.node)
    }
}

pub(super) fn passed(run: &Run) {
    run.record(|record| record.checks.passed += 1);
}

pub(super) fn not_applicable(run: &Run) {
    run.record(|record| record.checks.not_applicable += 1);
}

/// Records a failed check and its finding.
pub(super) fn failed(run: &Run, finding: Finding) {
    run.record(|record| record.checks.failed += 1);
    found(run, finding);
}

/// Records a finding that no check stands behind.
pub(super) fn found(run: &Run, finding: Finding) {
    let most = run.context.most_findings;
    run.record(|record| {
        if record.findings.len() < most {
            record.findings.push(finding);
        } else {
            record.too_many_findings = true;
        }
    });
}

/// A finding about a node, without a working.
pub(super) fn about(run: &Run, subject: Subject, severity: Severity, message: Message) -> Finding {
    let node = subject.node(run);
    let source = node.plan().source();
    // Who is content with rule and path reads neither the line nor the fingerprint.
    let brief = run.context.brief;
    let place = || if brief { String::new() } else { identity(node) };
    let (message, said) = message.filled(node);
    Finding {
        rule: Arc::clone(&run.context.rule),
        severity,
        file: source.shared_name(),
        fingerprint: fingerprint(run, subject, &place()),
        message,
        said,
        path: node.path(),
        name: if brief { String::new() } else { id_path(node) },
        span: if brief { Place::default() } else { source.place(node.span()) },
        labels: Vec::new(),
        working: None,
        help: run.context.help.as_ref().filter(|_| !brief).map(ToString::to_string),
        help_said: None,
        fixes: Vec::new(),
    }
}

/// The rule and the place; in a portfolio also the plan's id, because two of its plans may have the same place.
fn fingerprint(run: &Run, subject: Subject, place: &str) -> Fingerprint {
    let rule = &run.context.rule;
    if run.context.plans.len() < 2 {
        return Fingerprint::of(&[rule, place]);
    }
    let id = run.plan(subject.plan).root().get("plan").and_then(|plan| plan.get("id"));
    Fingerprint::of(&[rule, &id.map(|id| id.display()).unwrap_or_default(), place])
}

/// Has a finding point to a further node.
pub(super) fn point_to(run: &Run, finding: &mut Finding, node: NodeRef<'_>, message: impl FnOnce() -> Message) {
    if !run.context.brief {
        let (message, said) = message().whole();
        finding.labels.push(label(node, &finding.file, message, said));
    }
}

/// A label on a node, for a finding in `file`.
pub(super) fn label(node: NodeRef<'_>, file: &str, message: String, said: Option<Said>) -> Label {
    let source = node.plan().source();
    let file = (source.name() != file).then(|| source.shared_name());
    Label { file, path: node.path(), span: source.place(node.span()), message, said }
}

/// What a stated figure has to do with the one that it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Both are stated, or nobody has said which follows from the other.
    Equal,
    /// The stated figure is, by definition, what is computed.
    Derived,
}

/// A stated figure equals a computed one, within rounding. Two texts may be held against each other as well.
pub(super) fn equal(
    run: &Run,
    stated: &Dynamic,
    computed: &Dynamic,
    relation: Relation,
    message: Option<&dyn Spoken>,
) -> Result<(), Problem> {
    match (Operand::read(run, stated), Operand::read(run, computed)) {
        (Operand::Absent(_), _) | (_, Operand::Absent(_)) => {
            not_applicable(run);
            Ok(())
        }
        (Operand::Figure(stated), Operand::Figure(computed)) => figures(run, &stated, &computed, relation, message),
        (Operand::Text(a), Operand::Text(b)) => {
            let subject = subject_of(run, stated).or_else(|| subject_of(run, computed));
            let default = || {
                let said = Said::of("\"{stated}\" is stated where \"{expected}\" is expected");
                said.text("stated", &*a).text("expected", &*b).into()
            };
            holds(run, a == b, subject, || message.map_or_else(default, Spoken::message))
        }
        (a, b) => Err(Problem::new(format!(
            "{} cannot be held against {}{}",
            a.words(run),
            b.words(run),
            if a.hint().is_empty() { b.hint() } else { a.hint() }
        ))),
    }
}

fn figures(
    run: &Run,
    stated: &Figure,
    computed: &Figure,
    relation: Relation,
    message: Option<&dyn Spoken>,
) -> Result<(), Problem> {
    common_unit(run, stated, computed, "held against each other")?;
    let Ok(comparison) = compare(stated.computed, computed.computed) else {
        not_applicable(run);
        return Ok(());
    };
    run.mark(stated.trace);
    run.mark(computed.trace);
    run.compared(stated, computed, comparison.grade.into(), (&comparison).into());
    if relation == Relation::Equal && comparison.grade != Grade::Disagree && !run.context.brief {
        confirm(run, stated, computed);
    }
    match comparison.grade {
        Grade::Equal => passed(run),
        Grade::WithinRounding => within_rounding(run, stated, computed, &comparison, message),
        Grade::Disagree => {
            if let Some(finding) = disagreement(run, stated, computed, &comparison, Some(relation), message)? {
                failed(run, finding);
            }
        }
    }
    Ok(())
}

/// Keeps two stated figures that agree: each confirms the other.
fn confirm(run: &Run, stated: &Figure, computed: &Figure) {
    let only = |figure: &Figure| match run.traces(|traces| traces.cells(figure.trace)).as_slice() {
        [one] if one.factor == Some(Decimal::ONE) => Some(one.cell),
        _ => None,
    };
    if let (Some(a), Some(b)) = (only(stated), only(computed))
        && a != b
    {
        run.record(|record| record.confirmed.extend([a, b]));
    }
}

fn within_rounding(
    run: &Run,
    stated: &Figure,
    computed: &Figure,
    comparison: &Comparison,
    message: Option<&dyn Spoken>,
) {
    run.record(|record| {
        record.checks.passed += 1;
        record.checks.within_rounding += 1;
    });
    if !run.context.note_rounding {
        return;
    }
    if let Ok(Some(mut finding)) = disagreement(run, stated, computed, comparison, None, message) {
        let name = primary(run, stated, computed).map(|subject| id_path(subject.node(run))).unwrap_or_default();
        finding.severity = Severity::Info;
        let said = Said::of("{place} differs by {difference} from what is computed, which rounding explains")
            .text("place", name)
            .difference("difference", explain::shown(comparison.difference, stated.value().scale()));
        finding.message = said.to_string();
        finding.said = Some(said);
        if let Some(working) = &mut finding.working {
            working.cause = None;
            working.cause_said = None;
            working.other_causes.clear();
            working.other_causes_said.clear();
        }
        finding.help = None;
        found(run, finding);
    }
}

/// The cell that a disagreement is reported at: the stated figure's own, else the first that either was made of.
fn primary(run: &Run, stated: &Figure, computed: &Figure) -> Option<Subject> {
    let first = |figure: &Figure| run.traces(|traces| traces.cells(figure.trace).first().map(|traced| traced.cell));
    let single = |figure: &Figure| run.traces(|traces| traces.single(figure.trace));
    single(stated)
        .or_else(|| single(computed))
        .or_else(|| first(stated))
        .or_else(|| first(computed))
        .map(Subject::of_cell)
}

/// The finding of a disagreement; with what would mend it, where the relation of the two is told.
fn disagreement(
    run: &Run,
    stated: &Figure,
    computed: &Figure,
    comparison: &Comparison,
    relation: Option<Relation>,
    message: Option<&dyn Spoken>,
) -> Result<Option<Finding>, Problem> {
    let Some(subject) = primary(run, stated, computed) else {
        return Err(Problem::new("two constants are held against each other: one side must come from the plan"));
    };
    let default = || {
        Said::of("{place}: stated {stated}, computed {computed} (difference {difference})")
            .text("place", id_path(subject.node(run)))
            .figure("stated", stated.value())
            .figure("computed", explain::shown(computed.value(), stated.value().scale()))
            .difference("difference", explain::shown(comparison.difference, stated.value().scale()))
            .into()
    };
    if run.context.brief {
        return Ok(Some(about(run, subject, run.severity(subject.plan), Message::default())));
    }
    let message = message.map_or_else(default, Spoken::message);
    let mut finding = about(run, subject, run.severity(subject.plan), message);
    let slips = explain::explain(run, subject, stated, computed, comparison, &mut finding);
    if let Some(relation) = relation {
        mend::disagreement(run, &mut finding, stated, computed, relation, &slips);
    }
    Ok(Some(finding))
}

/// Something is so; if not, `message` says what is wrong. It is asked for only then.
pub(super) fn holds(
    run: &Run,
    condition: bool,
    subject: Option<Subject>,
    message: impl FnOnce() -> Message,
) -> Result<(), Problem> {
    if condition {
        passed(run);
        return Ok(());
    }
    let subject = subject.ok_or_else(|| Problem::new("a check that fails must name a node of the plan"))?;
    let message = if run.context.brief { Message::default() } else { message() };
    failed(run, about(run, subject, run.severity(subject.plan), message));
    Ok(())
}

/// The node that a value stands for: a selection's first, a figure's first cell; of what is absent, where it was asked for.
pub(super) fn subject_of(run: &Run, value: &Dynamic) -> Option<Subject> {
    if let Some(selection) = value.read_lock::<Selection>() {
        return subject_of_selection(&selection);
    }
    let figure = value.read_lock::<Figure>()?;
    primary(run, &figure, &figure)
}

pub(super) fn subject_of_selection(selection: &Selection) -> Option<Subject> {
    let node = selection.ids().first().copied().or_else(|| selection.asked_at())?;
    Some(Subject { plan: selection.plan, node })
}
