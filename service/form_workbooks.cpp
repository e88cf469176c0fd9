#include "service/form_workbooks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "generator/form_workbook.hpp"
#include "readers/submission_reader.hpp"
#include "service/earlier.hpp"

namespace cosp {
namespace fs = std::filesystem;
namespace {

/// Fills in what is known; the submission's own vectors hold the content.
class Prefill {
 public:
  Prefill(const Form& form, const Cycle& cycle, std::string submitter, const Submission* previous,
          const std::string& language)
      : form_(form), cycle_(cycle) {
    SubmissionHeader& header = made_.header;
    // The last submission's content is taken whole, then what is not to stay is emptied.
    if (previous != nullptr) made_ = *previous;
    header = {};
    header.form_id = form.id();
    header.form_version = form.version();
    header.structure_digest = form.structure_digest();
    header.cycle = cycle.id;
    header.submitter = std::move(submitter);
    const RosterEntry* entry = cycle.roster.find(header.submitter);
    header.submitter_kind = entry != nullptr ? entry->kind : SubmitterKind::body;
    header.language = previous != nullptr && !previous->header.language.empty()
                          ? previous->header.language
                          : language;
    header.purpose = cycle.purpose;
    header.period = cycle.period_of(header.submitter);
    made_.explanations.clear();
    made_.unknown.clear();
    made_.answers.resize(form.questions().size());
    made_.registers.resize(form.registers().size());
  }

  Submission make() {
    for (Answer& answer : made_.answers) carry_over(answer);
    for (std::vector<Row>& rows : made_.registers)
      for (Row& row : rows)
        for (Answer& cell : row.cells) carry_over(cell);
    ask_anew();
    bind_header();
    fill_position();
    fill_reservations();
    return std::move(made_);
  }

 private:
  static void carry_over(Answer& answer) {
    if (answer.origin == Origin::shared || answer.is_rejected) answer = Answer{};
    if (!answer.is_absent()) answer.origin = Origin::carried_over;
  }

  /// What is said of one submission only: its kind, its clearance, and the consent to publish it.
  void ask_anew() {
    for (const std::string_view role : {"submission_kind", "publication", "cleared_on"})
      if (const std::uint32_t question = form_.role(role); question != kNone) {
        made_.answers[question] = Answer{};
        made_.answers[question].visibility = form_.question(question).floor;
      }
  }

  Answer& blank(std::uint32_t question) {
    Answer& answer = made_.answers[question];
    answer = Answer{};
    answer.visibility = form_.question(question).floor;
    answer.state = Answer::State::value;
    answer.origin = Origin::prefilled;
    return answer;
  }

  Range add_item(std::string item) {
    made_.items.push_back(std::move(item));
    return {static_cast<std::uint32_t>(made_.items.size() - 1), 1};
  }

  void bind_header() {
    const SubmissionHeader& header = made_.header;
    for (std::uint32_t i = 0; i < made_.answers.size(); ++i) {
      const Question& question = form_.question(i);
      switch (question.bind) {
        case Binding::none: break;
        case Binding::submitter: blank(i).content = add_item(header.submitter); break;
        case Binding::language: blank(i).content = add_item(header.language); break;
        case Binding::period:
          blank(i).date = header.period->start;
          made_.answers[i].end = header.period->end;
          break;
        case Binding::organization:
          choose(i, header.submitter_kind == SubmitterKind::organization ? "yes" : "no");
          break;
      }
    }
  }

  void choose(std::uint32_t question, std::string_view option) {
    const std::uint32_t position = form_.find_option(form_.question(question).list, option);
    if (position != kNone) blank(question).mask = std::uint64_t{1} << position;
  }

  /// Under the role's own words for positions; a form that has others is not filled in.
  void fill_position() {
    const std::uint32_t role = form_.role("participation");
    if (role == kNone || !cycle_.positions.contains(made_.header.submitter)) return;
    const Position position = cycle_.position(made_.header.submitter, cycle_.cut_off);
    choose(role, to_string(position));
    if (position == Position::party) fill_consent(role);
  }

  /// The act of a party and its day. In the block of the position, the list that has the cycle's
  /// word for the act tells the question; the day is that of the question behind it, if one of a
  /// day is asked there on the same condition. A form without such questions is not filled in.
  void fill_consent(std::uint32_t role) {
    const PositionEntry* entry = cycle_.position_entry(made_.header.submitter, cycle_.cut_off);
    if (entry == nullptr || entry->act.empty()) return;
    const Range range = form_.block(form_.question(role).block).questions;
    for (std::uint32_t i = role + 1; i < range.first + range.count; ++i) {
      const Question& question = form_.question(i);
      if (question.type != QuestionType::single ||
          form_.find_option(question.list, entry->act) == kNone)
        continue;
      choose(i, entry->act);
      if (i + 1 >= range.first + range.count) return;
      const Question& behind = form_.question(i + 1);
      if (behind.type == QuestionType::date && behind.condition == question.condition)
        blank(i + 1).date = entry->on;
      return;
    }
  }

  void fill_reservations() {
    if (form_.tables().reservations.empty()) return;
    const ReservationDeclaration& declared = form_.tables().reservations.front();
    if (declared.registry == kNone) return;
    std::vector<std::uint32_t> known;
    for (const RegisteredReservation& reservation : cycle_.reservations) {
      if (reservation.state != made_.header.submitter) continue;
      if (reservation.made_on > cycle_.cut_off) continue;
      known.push_back(reservation_row(declared, reservation));
    }
    if (known.empty()) return;
    for (std::uint32_t i = 0; i < made_.answers.size(); ++i) {
      const Question& question = form_.question(i);
      if (question.type != QuestionType::reference || question.registry != declared.registry)
        continue;
      blank(i).content = {static_cast<std::uint32_t>(made_.numbers.size()),
                          static_cast<std::uint32_t>(known.size())};
      made_.numbers.insert(made_.numbers.end(), known.begin(), known.end());
    }
  }

  Answer* cell_of(const Register& registry, std::string_view column, Row& row) {
    const std::uint32_t index = form_.find_column(registry, column);
    if (index == kNone) return nullptr;
    Answer& cell = row.cells[index - registry.columns.first];
    cell = Answer{};
    cell.visibility = std::max(registry.floor, form_.column(index).floor);
    cell.state = Answer::State::value;
    cell.origin = Origin::prefilled;
    return &cell;
  }

  /// The row of that notification, else a new one; its members go to the columns of the same names.
  std::uint32_t reservation_row(const ReservationDeclaration& declared,
                                const RegisteredReservation& reservation) {
    const Register& registry = form_.registry(declared.registry);
    std::vector<Row>& rows = made_.registers[declared.registry];
    const std::uint32_t named = form_.find_column(registry, "notification");
    std::uint32_t at = 0;
    for (; at < rows.size(); ++at)
      if (named != kNone && !reservation.notification.empty() &&
          made_.original_text(rows[at].cells[named - registry.columns.first]) ==
              reservation.notification)
        break;
    if (at == rows.size()) {
      rows.push_back({fmt::format("{}-d{}", form_.string(registry.code).substr(0, 3), at + 1),
                      std::vector<Answer>(registry.columns.count), kNone});
      for (std::uint32_t c = 0; c < registry.columns.count; ++c)
        rows[at].cells[c].visibility =
            std::max(registry.floor, form_.column(registry.columns.first + c).floor);
    }
    fill_row(registry, reservation, declared, rows[at]);
    return at;
  }

  void fill_row(const Register& registry, const RegisteredReservation& reservation,
                const ReservationDeclaration& declared, Row& row) {
    const auto choice = [&](std::string_view column, std::string_view option) {
      const std::uint32_t index = form_.find_column(registry, column);
      if (index == kNone || form_.column(index).list == kNone) return;
      const std::uint32_t position = form_.find_option(form_.column(index).list, option);
      if (position != kNone) cell_of(registry, column, row)->mask = std::uint64_t{1} << position;
    };
    const auto day = [&](std::string_view column, Date date) {
      if (Answer* cell = cell_of(registry, column, row)) cell->date = date;
    };
    choice("kind", reservation.kind);
    choice("extent", reservation.extent);
    day("made_on", reservation.made_on);
    if (reservation.withdrawn_on) day("withdrawn_on", *reservation.withdrawn_on);
    if (!reservation.notification.empty())
      if (Answer* cell = cell_of(registry, "notification", row)) {
        cell->content = {static_cast<std::uint32_t>(made_.texts.size()), 1};
        made_.texts.push_back({made_.header.language, reservation.notification, true});
      }
    if (declared.provisions_column == kNone) return;
    std::vector<std::uint32_t> provisions;
    for (const std::string& code : reservation.provisions)
      if (const std::uint32_t index = form_.find_provision(code); index != kNone)
        provisions.push_back(index);
    if (provisions.empty()) return;
    Answer* cell = cell_of(registry, form_.code(form_.column(declared.provisions_column)), row);
    cell->content = {static_cast<std::uint32_t>(made_.numbers.size()),
                     static_cast<std::uint32_t>(provisions.size())};
    made_.numbers.insert(made_.numbers.end(), provisions.begin(), provisions.end());
  }

  const Form& form_;
  const Cycle& cycle_;
  Submission made_;
};

Result<Submission> read_submission(const Form& form, const fs::path& path) {
  auto bytes = read_file(path, ReadLimits{}.bytes, SubmissionReader::kPadding);
  if (!bytes) return bytes.error();
  SubmissionReader reader;
  ReadSubmission read = reader.read(*bytes, form);
  if (read.is_unreadable)
    return Error{Error::Kind::bad_input, "the submission cannot be read", path.string()};
  return std::move(read.submission);
}

}  // namespace

Result<void> write_workbook_file(const Form& form, const FormWorkbookOptions& options,
                                 const fs::path& output) {
  return write_file_by(
      output, [&](const fs::path& staging) { return write_form_workbook(form, options, staging); });
}

Submission prefilled_submission(const Form& form, const Cycle& cycle, const std::string& submitter,
                                const Submission* previous, const std::string& language) {
  return Prefill(form, cycle, submitter, previous, language).make();
}

std::string row_prefix_of(std::string_view office) {
  constexpr std::size_t kLetters = 8;
  if (office.empty()) return {};
  std::string word, last;
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  bool is_whole = true;
  for (const char c : office) {
    if (is_plain(c)) {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    } else {
      is_whole = false;
      if (!word.empty()) last = std::exchange(word, {});
    }
  }
  if (!word.empty()) last = word;
  if (is_whole && last.size() <= kLetters) return last;
  // Several offices end in the same word: a piece of the digest tells them apart.
  const std::string digest = sha256_hex(office).substr(0, 3);
  return (last.empty() ? "x" : last.substr(0, kLetters)) + digest;
}

Result<std::vector<NotCarried>> make_form_workbook(
    Workspace& workspace, const std::shared_ptr<const PreparedForm>& prepared,
    const FormWorkbookRequest& request) {
  const Form& form = prepared->form;
  std::vector<NotCarried> not_carried;
  FormWorkbookOptions options;
  options.language = request.language;
  options.chapters = request.chapters;
  options.office = request.office;
  options.row_prefix = row_prefix_of(request.office);
  std::shared_ptr<const Cycle> cycle;
  if (request.cycle) {
    auto read = workspace.cycle(*request.cycle);
    if (!read) return read.error();
    cycle = std::move(*read);
    options.surroundings.cycle = cycle.get();
  }
  std::optional<Submission> content, previous;
  if (request.previous) {
    auto read = EarlierReader(workspace, prepared, cycle.get()).read(*request.previous);
    if (!read) return read.error();
    previous = std::move(read->submission);
    not_carried = std::move(read->not_carried);
    options.surroundings.previous = &*previous;
  }
  if (request.from) {
    auto read = read_submission(form, *request.from);
    if (!read) return read.error();
    content = std::move(*read);
  } else if (!request.submitter.empty()) {
    if (!cycle || !cycle->knows(request.submitter))
      return Error{Error::Kind::bad_input,
                   cycle ? "the cycle does not know this State" : "a State needs its cycle",
                   request.submitter};
    content = prefilled_submission(form, *cycle, request.submitter, previous ? &*previous : nullptr,
                                   request.language);
  } else if (previous) {
    return Error{Error::Kind::bad_input,
                 "to carry answers over, the cycle and the State are needed",
                 request.previous->string()};
  }
  if (content) options.submission = &*content;
  if (const auto written = write_workbook_file(form, options, request.output); !written)
    return written.error();
  return not_carried;
}

}  // namespace cosp
