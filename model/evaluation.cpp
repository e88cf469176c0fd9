#include "model/evaluation.hpp"

#include <algorithm>

#include "model/conditions.hpp"

namespace cosp {
namespace {

const Answer& absent_answer() {
  static const Answer answer;
  return answer;
}

/// Whether `inner` stands below `outer`: "7(1)(a)" below "7(1)", but "7(10)" not below "7(1".
bool is_part_of(std::string_view inner, std::string_view outer) {
  if (inner.size() <= outer.size() || !inner.starts_with(outer)) return false;
  const char next = inner[outer.size()];
  const bool continues = (next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') ||
                         (next >= 'A' && next <= 'Z') || (next & 0x80) != 0;
  return !continues;
}

/// Ticks the option of that code; false where the column has no such option.
bool set_option(const Form& form, const Register& registry, std::string_view column,
                std::string_view option, Row& row) {
  const std::uint32_t index = form.find_column(registry, column);
  if (index == kNone) return false;
  const std::uint32_t position = form.find_option(form.column(index).list, option);
  if (position == kNone) return false;
  Answer& cell = row.cells[index - registry.columns.first];
  cell.state = Answer::State::value;
  cell.mask = std::uint64_t{1} << position;
  return true;
}

void set_date(const Form& form, const Register& registry, std::string_view column, Date date,
              Row& row) {
  const std::uint32_t index = form.find_column(registry, column);
  if (index == kNone) return;
  Answer& cell = row.cells[index - registry.columns.first];
  cell.state = Answer::State::value;
  cell.date = date;
}

/// A reservation of the cycle as a row of the form's register: its members go to the columns of the
/// same names, so that one condition of the form says of both which close a provision. Empty where
/// the register lacks the options named.
std::optional<Row> row_of(const Form& form, const Register& registry, Date cut_off,
                          const RegisteredReservation& reservation) {
  Row row;
  row.cells.resize(registry.columns.count);
  if (!set_option(form, registry, "kind", reservation.kind, row)) return std::nullopt;
  if (!set_option(form, registry, "extent", reservation.extent, row)) return std::nullopt;
  set_date(form, registry, "made_on", reservation.made_on, row);
  if (reservation.withdrawn_on && *reservation.withdrawn_on <= cut_off)
    set_date(form, registry, "withdrawn_on", *reservation.withdrawn_on, row);
  return row;
}

}  // namespace

Evaluation::Evaluation(const Form& form, const Submission& submission,
                       const Surroundings& surroundings, const EvaluationOptions& options)
    : form_(form),
      submission_(submission),
      surroundings_(surroundings),
      options_(options),
      asked_(form.questions().size(), Asked::yes),
      reserved_(form.provisions().size(), false) {
  find_position();
  find_reservations();
  decide_asked();
}

const Answer& Evaluation::answer(std::uint32_t question) const {
  if (question >= submission_.answers.size() || asked_[question] != Asked::yes)
    return absent_answer();
  return submission_.answers[question];
}

std::optional<Date> Evaluation::moment(Moment moment) const {
  const Cycle* cycle = surroundings_.cycle;
  switch (moment) {
    case Moment::none: return std::nullopt;
    case Moment::cut_off: return cycle ? std::optional<Date>(cycle->cut_off) : std::nullopt;
    case Moment::period_start:
    case Moment::period_end: break;
  }
  std::optional<Period> period = submission_.header.period;
  if (!period && cycle) period = cycle->period_of(submission_.header.submitter);
  if (!period) return std::nullopt;
  return moment == Moment::period_start ? period->start : period->end;
}

bool Evaluation::holds(std::uint32_t condition, RowScope scope, Trace* trace) const {
  if (condition == kNone) return true;
  const Row* row = nullptr;
  if (scope.registry < submission_.registers.size() &&
      scope.row < submission_.registers[scope.registry].size()) {
    row = &submission_.registers[scope.registry][scope.row];
    if (trace) trace->rows.push_back(scope);
  }
  return ConditionWalk(*this, row, scope.registry, trace).holds(condition);
}

std::vector<std::uint32_t> Evaluation::rows(std::uint32_t registry, std::uint32_t cited_by) const {
  std::vector<std::uint32_t> found;
  if (registry >= submission_.registers.size()) return found;
  const auto count = static_cast<std::uint32_t>(submission_.registers[registry].size());
  if (cited_by == kNone) {
    found.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) found[i] = i;
    return found;
  }
  const Answer& citing = answer(cited_by);
  if (!citing.has_value()) return found;
  for (const std::uint32_t row : submission_.numbers_of(citing))
    if (row < count) found.push_back(row);
  return found;
}

void Evaluation::find_position() {
  const Cycle* cycle = surroundings_.cycle;
  const std::string& submitter = submission_.header.submitter;
  if (cycle && cycle->positions.contains(submitter)) {
    position_ = cycle->position(submitter, cycle->cut_off);
    owes_answers_ = cycle->owes_answers(submitter, cycle->cut_off);
    return;
  }
  const std::uint32_t is_party = form_.named_condition("is_party");
  if (is_party != kNone && holds(is_party)) {
    position_ = Position::party;
    owes_answers_ = true;
    return;
  }
  const std::uint32_t role = form_.role("participation");
  if (role == kNone || !answer(role).has_value()) return;
  const auto options = form_.options_of(form_.question(role).list);
  for (std::size_t i = 0; i < options.size(); ++i) {
    if ((answer(role).mask >> i & 1) == 0) continue;
    const auto reported = parse_position(form_.string(options[i].code));
    // Whether it is a party the form's own condition has just said.
    if (reported && *reported != Position::party) position_ = *reported;
  }
}

void Evaluation::find_reservations() {
  if (form_.tables().reservations.empty()) return;
  const ReservationDeclaration& declared = form_.tables().reservations.front();
  if (declared.registry == kNone || declared.provisions_column == kNone) return;
  const Register& registry = form_.registry(declared.registry);
  for (const std::uint32_t row : rows(declared.registry, kNone)) {
    if (!holds(declared.in_force, {declared.registry, row})) continue;
    const Answer& named =
        submission_.cell(form_, declared.registry, row, declared.provisions_column);
    if (!named.has_value()) continue;
    for (const std::uint32_t provision : submission_.numbers_of(named))
      if (provision < reserved_.size()) reserved_[provision] = true;
  }
  const Cycle* cycle = surroundings_.cycle;
  if (cycle) {
    for (const RegisteredReservation& reservation : cycle->reservations) {
      if (reservation.state != submission_.header.submitter) continue;
      if (reservation.made_on > cycle->cut_off) continue;
      const std::optional<Row> row = row_of(form_, registry, cycle->cut_off, reservation);
      if (!row) continue;
      ConditionWalk walk(*this, &*row, declared.registry, nullptr);
      if (!walk.holds(declared.in_force)) continue;
      for (const std::string& provision : reservation.provisions) reserve(provision);
    }
  }
  spread_reservations();
}

void Evaluation::reserve(std::string_view provision) {
  const std::uint32_t index = form_.find_provision(provision);
  if (index != kNone) reserved_[index] = true;
}

void Evaluation::spread_reservations() {
  const auto provisions = form_.provisions();
  if (std::find(reserved_.begin(), reserved_.end(), true) == reserved_.end()) return;
  const std::vector<bool> named = reserved_;
  for (std::size_t outer = 0; outer < provisions.size(); ++outer) {
    if (!named[outer]) continue;
    const std::string_view code = form_.string(provisions[outer].code);
    const std::string_view article = form_.string(provisions[outer].article);
    for (std::size_t inner = 0; inner < provisions.size(); ++inner) {
      if (form_.string(provisions[inner].article) != article) continue;
      if (provisions[outer].is_whole_article ||
          is_part_of(form_.string(provisions[inner].code), code))
        reserved_[inner] = true;
    }
  }
  for (std::size_t whole = 0; whole < provisions.size(); ++whole) {
    if (!provisions[whole].is_whole_article || reserved_[whole]) continue;
    const std::string_view article = form_.string(provisions[whole].article);
    std::size_t paragraphs = 0;
    std::size_t open = 0;
    for (std::size_t i = 0; i < provisions.size(); ++i) {
      if (provisions[i].is_whole_article || form_.string(provisions[i].article) != article)
        continue;
      ++paragraphs;
      if (!reserved_[i]) ++open;
    }
    reserved_[whole] = paragraphs > 0 && open == 0;
  }
}

/// Of one whom the cycle does not know no phase can tell: what it answers is taken as asked, so
/// that only who it is is found wrong, and not all that it answers or leaves out.
bool Evaluation::is_in_cycle(const Chapter& chapter) const {
  const Cycle* cycle = surroundings_.cycle;
  if (chapter.is_always_asked || !cycle || cycle->phases.empty()) return true;
  const std::string& submitter = submission_.header.submitter;
  if (cycle->knows(submitter)) return cycle->asks(submitter, form_.string(chapter.code));
  for (std::uint32_t b = 0; b < chapter.blocks.count; ++b) {
    const Range questions = form_.block(chapter.blocks.first + b).questions;
    for (std::uint32_t q = questions.first; q < questions.first + questions.count; ++q)
      if (q < submission_.answers.size() &&
          (!submission_.answers[q].is_absent() || submission_.answers[q].is_rejected))
        return true;
  }
  return false;
}

bool Evaluation::is_outside_parts_only(std::uint32_t question) const {
  return is_in_cycle(form_.chapters()[form_.block(form_.question(question).block).chapter]);
}

bool Evaluation::is_in_phase(const Chapter& chapter) const {
  if (chapter.is_always_asked) return true;
  const std::string_view code = form_.string(chapter.code);
  const auto& parts = submission_.header.parts;
  if (!parts.empty() && std::find(parts.begin(), parts.end(), code) == parts.end()) return false;
  return is_in_cycle(chapter);
}

Asked Evaluation::decide(const Block& block, std::uint32_t index) const {
  const Question& question = form_.question(index);
  const bool is_closed = block.provision != kNone && reserved_[block.provision];
  if (is_closed && !question.stays_open) return Asked::reserved;
  if (holds(question.condition)) return Asked::yes;
  const bool is_answered =
      index < submission_.answers.size() && !submission_.answers[index].is_absent();
  return options_.opens_gates && is_answered ? Asked::yes : Asked::hidden;
}

void Evaluation::decide_asked() {
  for (const Chapter& chapter : form_.chapters()) {
    const bool in_phase = is_in_phase(chapter);
    for (std::uint32_t b = 0; b < chapter.blocks.count; ++b) {
      const Block& block = form_.block(chapter.blocks.first + b);
      for (std::uint32_t q = 0; q < block.questions.count; ++q) {
        const std::uint32_t index = block.questions.first + q;
        asked_[index] = in_phase ? decide(block, index) : Asked::outside_phase;
      }
    }
  }
}

}  // namespace cosp
