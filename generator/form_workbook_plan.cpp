#include "generator/form_workbook_plan.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace cosp {
namespace {

using Kind = PlannedSheet::Kind;
using workbook::Shape;

/// Lines prepared for references: all that a short limit allows, else some more than there are.
std::uint32_t reference_lines(const Field& field, std::size_t cited) {
  constexpr std::uint32_t kAllUpTo = 6;
  constexpr std::uint32_t kMost = 200;
  const std::uint32_t most = field.most_rows == 0 ? kMost : field.most_rows;
  const auto used = static_cast<std::uint32_t>(cited);
  const std::uint32_t wanted = std::max({used + 3, kAllUpTo, (most + 4) / 5});
  return std::max(used, std::min(most, wanted));
}

bool is_mine(const Submission& submission, const Answer& answer, const std::string& office) {
  const AnswerExtra* extra = submission.extra_of(answer);
  return extra != nullptr && extra->author == office;
}

bool is_there(const Answer& answer) {
  return (!answer.is_absent() || answer.extra != kNone) && answer.origin != Origin::shared;
}

class Planner {
 public:
  Planner(const Form& form, const FormWorkbookOptions& options, const Submission& submission)
      : form_(form), options_(options), submission_(submission) {}

  Result<FormWorkbookPlan> plan() {
    plan_.questions.resize(form_.questions().size());
    plan_.registers.resize(form_.registers().size());
    if (auto chosen = choose_chapters(); !chosen) return chosen.error();
    add(Kind::cover);
    add(Kind::progress);
    for (std::uint32_t i = 0; i < form_.chapters().size(); ++i)
      if (chosen_[i]) plan_chapter(i);
    for (std::uint32_t i = 0; i < form_.registers().size(); ++i) plan_register(i);
    plan_contacts();
    for (const Kind kind : {Kind::remarks, Kind::languages, Kind::explanations, Kind::unknown})
      add(kind);
    add(Kind::lists);
    std::sort(plan_.held_cells.begin(), plan_.held_cells.end());
    return std::move(plan_);
  }

 private:
  std::uint32_t add(Kind kind, std::uint32_t subject = kNone) {
    plan_.sheets.push_back({kind, subject, {}});
    return static_cast<std::uint32_t>(plan_.sheets.size() - 1);
  }

  bool has_answers(const Chapter& chapter) const {
    const Range blocks = chapter.blocks;
    for (std::uint32_t b = blocks.first; b < blocks.first + blocks.count; ++b) {
      const Range range = form_.block(b).questions;
      for (std::uint32_t q = range.first; q < range.first + range.count; ++q)
        if (is_there(submission_.answers[q])) return true;
    }
    return false;
  }

  Result<void> choose_chapters() {
    chosen_.assign(form_.chapters().size(), false);
    for (const std::string& code : options_.chapters) {
      const std::uint32_t index = form_.find_chapter(code);
      if (index == kNone) return Error{Error::Kind::bad_input, "no such chapter", code};
      chosen_[index] = true;
    }
    if (!options_.chapters.empty()) {
      for (std::uint32_t i = 0; i < chosen_.size(); ++i) leave_out_or_name(i);
      return {};
    }
    plan_.parts = submission_.header.parts;
    for (std::uint32_t i = 0; i < chosen_.size(); ++i) chosen_[i] = is_wanted(form_.chapters()[i]);
    return {};
  }

  /// Chapters that the header can leave out need no more; those that are always asked are left out
  /// question by question.
  void leave_out_or_name(std::uint32_t index) {
    const Chapter& chapter = form_.chapters()[index];
    if (chosen_[index]) return plan_.parts.emplace_back(form_.string(chapter.code)), void();
    if (!chapter.is_always_asked) return;
    for (std::uint32_t b = 0; b < chapter.blocks.count; ++b)
      for (const Question& question : form_.questions_of(form_.block(chapter.blocks.first + b)))
        plan_.held_back.emplace_back(form_.code(question));
  }

  bool is_wanted(const Chapter& chapter) const {
    if (chapter.is_always_asked || has_answers(chapter)) return true;
    const std::string_view code = form_.string(chapter.code);
    const auto& parts = submission_.header.parts;
    if (!parts.empty()) return std::find(parts.begin(), parts.end(), code) != parts.end();
    const Cycle* cycle = options_.surroundings.cycle;
    const std::string& submitter = submission_.header.submitter;
    if (cycle == nullptr || submitter.empty() || !cycle->knows(submitter)) return true;
    return cycle->asks(submitter, code);
  }

  /// Entries of registers that are not public are left out of an office's part: what cites them
  /// would cite what is not there.
  bool cites_what_is_left_out(const Field& field, const Answer& answer) const {
    const auto is_left_out = [&](std::uint32_t registry) {
      return registry != kNone && form_.registry(registry).floor != Visibility::open;
    };
    if (answer.has_value())
      return field.type == QuestionType::reference && is_left_out(field.registry);
    const AnswerExtra* extra = submission_.extra_of(answer);
    return answer.has_reason() && extra != nullptr && !extra->rows.empty() &&
           is_left_out(form_.tables().reasons[static_cast<std::size_t>(answer.reason)].registry);
  }

  bool is_held_back(const Field& field, Visibility floor, const Answer& answer) const {
    if (options_.office.empty() || !is_there(answer)) return false;
    if (cites_what_is_left_out(field, answer)) return true;
    if (!field.is_personal && std::max(answer.visibility, floor) == Visibility::open) return false;
    return !is_mine(submission_, answer, options_.office);
  }

  void place_question(std::uint32_t index, std::uint32_t sheet, std::uint32_t& row) {
    const Question& question = form_.question(index);
    const Answer& answer = submission_.answers[index];
    if (is_held_back(question, question.floor, answer)) {
      plan_.held_back.emplace_back(form_.code(question));
      return;
    }
    QuestionPlace& place = plan_.questions[index];
    place.sheet = sheet;
    place.row = row;
    switch (workbook::shape_of(question.type, false)) {
      case Shape::one_cell: break;
      case Shape::start_end:
      case Shape::amount_currency: place.lines = 2; break;
      case Shape::references:
        place.lines = reference_lines(
            question, answer.has_value() ? submission_.numbers_of(answer).size() : 0);
        break;
      case Shape::ticks:
        for (std::uint32_t i = 0; i < form_.options_of(question.list).size(); ++i)
          if (((question.allowed | answer.mask) >> i & 1) != 0) place.options.push_back(i);
        place.lines = static_cast<std::uint32_t>(place.options.size());
        break;
    }
    row += 1 + place.lines;
  }

  void plan_chapter(std::uint32_t index) {
    const Chapter& chapter = form_.chapters()[index];
    const std::uint32_t sheet = add(Kind::chapter, index);
    std::uint32_t row = HeadRows::kFirst;
    for (std::uint32_t b = chapter.blocks.first; b < chapter.blocks.first + chapter.blocks.count;
         ++b) {
      BlockPlace place{b, sheet, row + 1, row};
      ++row;  // its title
      const Range range = form_.block(b).questions;
      for (std::uint32_t q = range.first; q < range.first + range.count; ++q) {
        if (form_.question(q).is_personal)
          plan_.personal.push_back(q);
        else
          place_question(q, sheet, row);
      }
      place.last = row - 1;
      plan_.blocks.push_back(place);
    }
  }

  std::string new_id(std::string_view registry, std::uint32_t number) const {
    constexpr std::size_t kLetters = 3;
    const std::string start(registry.substr(0, kLetters));
    if (options_.row_prefix.empty()) return fmt::format("{}-{}", start, number);
    return fmt::format("{}-{}-{}", options_.row_prefix, start, number);
  }

  void number_rows(std::uint32_t index, RegisterPlace& place) {
    const Register& registry = form_.registry(index);
    const std::string_view code = form_.string(registry.code);
    std::set<std::string> taken;
    const auto& rows = submission_.registers[index];
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      taken.insert(rows[i].id);
      if (!options_.office.empty() && registry.floor != Visibility::open) {
        plan_.held_back.push_back(fmt::format("{}/{}", code, rows[i].id));
        continue;
      }
      place.ids.push_back(rows[i].id);
      place.rows.push_back(i);
    }
    const auto used = static_cast<std::uint32_t>(rows.size());
    const std::uint32_t room = registry.most_rows > used ? registry.most_rows - used : 0;
    const std::uint32_t spare =
        registry.most_rows == 0 ? options_.spare_rows : std::min(options_.spare_rows, room);
    for (std::uint32_t number = 1, made = 0; made < spare; ++number) {
      std::string id = new_id(code, number);
      if (!taken.insert(id).second) continue;
      place.ids.push_back(std::move(id));
      place.rows.push_back(kNone);
      ++made;
    }
  }

  void plan_register(std::uint32_t index) {
    RegisterPlace& place = plan_.registers[index];
    const Register& registry = form_.registry(index);
    place.sheet = add(Kind::registry, index);
    place.first = HeadRows::kFirst;
    number_rows(index, place);
    if (place.ids.empty()) place.ids.push_back(new_id(form_.string(registry.code), 1));
    place.rows.resize(place.ids.size(), kNone);
    for (const Column& column : form_.columns_of(registry)) {
      if (column.is_personal) {
        place.columns.push_back(0);
        continue;
      }
      place.columns.push_back(place.width);
      const Shape shape = workbook::shape_of(column.type, true);
      place.width = static_cast<std::uint16_t>(
          place.width + (shape == Shape::start_end || shape == Shape::amount_currency ? 2 : 1));
    }
    hold_cells_back(index, place);
  }

  void hold_cells_back(std::uint32_t index, const RegisterPlace& place) {
    if (options_.office.empty()) return;
    const Register& registry = form_.registry(index);
    for (std::size_t i = 0; i < place.ids.size(); ++i) {
      if (place.rows[i] == kNone) continue;
      for (std::uint32_t c = 0; c < registry.columns.count; ++c) {
        const std::uint32_t column = registry.columns.first + c;
        const Answer& cell = submission_.registers[index][place.rows[i]].cells[c];
        const Visibility floor = std::max(registry.floor, form_.column(column).floor);
        if (!is_held_back(form_.column(column), floor, cell)) continue;
        plan_.held_cells.push_back(cell_code(form_, index, place.ids[i], column));
        plan_.held_back.push_back(plan_.held_cells.back());
      }
    }
  }

  /// Questions first, then a table for each register that has personal columns.
  void plan_contacts() {
    bool has_columns = false;
    for (const Column& column : form_.columns()) has_columns |= column.is_personal;
    if (plan_.personal.empty() && !has_columns) return;
    const std::uint32_t sheet = add(Kind::contacts);
    std::uint32_t row = HeadRows::kFirst;
    for (const std::uint32_t question : plan_.personal) place_question(question, sheet, row);
    std::erase_if(plan_.personal,
                  [&](std::uint32_t q) { return plan_.questions[q].sheet == kNone; });
    for (std::uint32_t i = 0; i < form_.registers().size(); ++i) {
      const auto columns = form_.columns_of(form_.registry(i));
      if (std::none_of(columns.begin(), columns.end(),
                       [](const Column& column) { return column.is_personal; }))
        continue;
      row += 4;  // an empty row, the title, the head, the headings
      plan_.registers[i].contacts_first = row;
      row += static_cast<std::uint32_t>(plan_.registers[i].ids.size());
    }
  }

  const Form& form_;
  const FormWorkbookOptions& options_;
  const Submission& submission_;
  std::vector<bool> chosen_;
  FormWorkbookPlan plan_;
};

}  // namespace

std::uint32_t FormWorkbookPlan::sheet_of(Kind kind, std::uint32_t subject) const {
  for (std::uint32_t i = 0; i < sheets.size(); ++i)
    if (sheets[i].kind == kind && sheets[i].subject == subject) return i;
  return kNone;
}

bool FormWorkbookPlan::holds_cell_back(std::string_view place) const {
  return std::binary_search(held_cells.begin(), held_cells.end(), place);
}

Result<FormWorkbookPlan> plan_form_workbook(const Form& form, const FormWorkbookOptions& options,
                                            const Submission& submission) {
  return Planner(form, options, submission).plan();
}

std::string cell_code(const Form& form, std::uint32_t registry, std::string_view row,
                      std::uint32_t column) {
  return fmt::format("{}/{}/{}", form.string(form.registry(registry).code), row,
                     form.code(form.column(column)));
}

}  // namespace cosp
