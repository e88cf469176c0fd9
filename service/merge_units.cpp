#include "service/merge_units.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "readers/submission_writer.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

/// The members of a written answer that are merged each by itself; the others are its value, or the
/// reason in its place.
constexpr std::string_view kBeside[] = {"note", "visibility", "author", "origin"};

}  // namespace

SubmissionUnits::SubmissionUnits(const Form& form, Submission submission) {
  for (const UnknownAnswer& one : submission.unknown)
    units_.emplace(MergeKey{MergeGroup::unknown, one.code, std::string(kAnswerUnit)}, one.json);
  submission.unknown.clear();
  const Json json = Json::parse(canonical_json(form, submission));
  const Json contacts = Json::parse(contacts_json(form, submission));
  for (const char* member : {"stage", "language", "period", "purpose"})
    if (const auto found = json.find(member); found != json.end())
      units_.emplace(MergeKey{MergeGroup::header, member, "header"}, *found);
  take_answers(MergeGroup::answer, json.at("answers"));
  if (contacts.contains("answers")) take_answers(MergeGroup::contact, contacts.at("answers"));
  for (const auto& [registry, rows] : json.at("registers").items())
    for (const Json& row : rows) take_row(registry, row);
  if (contacts.contains("registers"))
    for (const auto& [registry, rows] : contacts.at("registers").items())
      for (const auto& [id, cells] : rows.items())
        take_cells(MergeGroup::contact_cell, fmt::format("{}/{}", registry, id), cells);
  if (json.contains("explanations"))
    for (const Json& one : json.at("explanations")) take_explanation(one);
  take_beside_nothing(form, submission);
}

/// A visibility or an origin where the file has no answer: the canonical form leaves it out, and
/// the answer may come from another file. Kept from the public by one, it must not be open in the
/// whole.
void SubmissionUnits::take_beside_nothing(const Form& form, const Submission& submission) {
  const auto take = [&](const Field& field, Visibility floor, const Answer& answer, MergeGroup open,
                        MergeGroup personal, const std::string& place) {
    if (!answer.is_absent() || answer.is_rejected || answer.extra != kNone) return;
    const MergeGroup group = field.is_personal ? personal : open;
    if (answer.visibility > floor)
      units_.emplace(MergeKey{group, place, "visibility"}, to_string(answer.visibility));
    if (answer.origin == Origin::prefilled || answer.origin == Origin::carried_over)
      units_.emplace(MergeKey{group, place, "origin"}, to_string(answer.origin));
  };
  for (std::uint32_t i = 0; i < submission.answers.size(); ++i) {
    const Question& question = form.question(i);
    take(question, question.floor, submission.answers[i], MergeGroup::answer, MergeGroup::contact,
         std::string(form.code(question)));
  }
  for (std::uint32_t i = 0; i < submission.registers.size(); ++i) {
    const Register& registry = form.registry(i);
    for (const Row& row : submission.registers[i])
      for (std::uint32_t c = 0; c < registry.columns.count; ++c) {
        const Column& column = form.column(registry.columns.first + c);
        take(column, std::max(registry.floor, column.floor), row.cells[c], MergeGroup::cell,
             MergeGroup::contact_cell,
             fmt::format("{}/{}/{}", form.string(registry.code), row.id, form.code(column)));
      }
  }
}

const nlohmann::json* SubmissionUnits::find(const MergeKey& key) const {
  const auto found = units_.find(key);
  return found == units_.end() ? nullptr : &found->second;
}

void SubmissionUnits::take_answer(MergeGroup group, const std::string& place, const Json& answer) {
  Json value = Json::object();
  for (const auto& [member, content] : answer.items()) {
    if (std::find(std::begin(kBeside), std::end(kBeside), member) != std::end(kBeside))
      units_.emplace(MergeKey{group, place, member}, content);
    else
      value.emplace(member, content);
  }
  if (!value.empty())
    units_.emplace(MergeKey{group, place, std::string(kAnswerUnit)}, std::move(value));
}

void SubmissionUnits::take_answers(MergeGroup group, const Json& answers) {
  for (const auto& [code, answer] : answers.items()) take_answer(group, code, answer);
}

void SubmissionUnits::take_row(const std::string& registry, const Json& row) {
  const auto id = row.at("id").get<std::string>();
  const std::string place = registry + "/" + id;
  units_.emplace(MergeKey{MergeGroup::row, place, std::string(kRowUnit)}, true);
  rows_[registry].push_back(id);
  take_cells(MergeGroup::cell, place, row.at("values"));
}

void SubmissionUnits::take_cells(MergeGroup group, const std::string& row, const Json& cells) {
  for (const auto& [column, cell] : cells.items())
    take_answer(group, fmt::format("{}/{}", row, column), cell);
}

/// Several on one thing are told apart by their number.
void SubmissionUnits::take_explanation(const Json& one) {
  const std::string place =
      one.at("rule").get<std::string>() + "@" + one.at("place").get<std::string>();
  MergeKey key{MergeGroup::explanation, place, "explanation"};
  for (int number = 2; !units_.emplace(key, one).second; ++number)
    key.place = place + "#" + std::to_string(number);
}

}  // namespace cosp
