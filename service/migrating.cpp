#include "service/migrating.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "readers/submission_reader.hpp"
#include "readers/submission_writer.hpp"
#include "service/answer_carrier.hpp"
#include "service/submission_file.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

/// Takes one submission over, member by member, in its JSON form: what the readers and writers of
/// both releases agree on.
class Migration {
 public:
  Migration(const ReleasePairing& pairing, const Submission& submission)
      : pairing_(pairing), from_(pairing.from()), to_(pairing.to()), submission_(submission) {
    Submission known = submission;
    known.unknown.clear();
    json_ = Json::parse(canonical_json(from_, known));
    contacts_ = Json::parse(contacts_json(from_, known));
  }

  Migrated run() {
    carry_header();
    for (std::uint32_t i = 0; i < from_.questions().size(); ++i) carry_question(i);
    for (const UnknownAnswer& one : submission_.unknown)
      lose(one.code, one.json,
           fmt::format("{} {} knows no such question", from_.id(), from_.version()));
    for (std::uint32_t i = 0; i < from_.registers().size(); ++i) carry_register(i);
    lapse_explanations();
    read_back();
    return std::move(migrated_);
  }

 private:
  void lose(std::string place, std::string json, std::string why) {
    migrated_.not_carried.push_back({std::move(place), std::move(json), std::move(why)});
  }

  void carry_header() {
    for (const char* member :
         {"format", "cycle", "submitter", "revision", "language", "purpose", "period"})
      if (json_.contains(member)) made_[member] = json_[member];
    made_["form"] = {
        {"id", to_.id()}, {"version", to_.version()}, {"structure", to_.structure_digest()}};
    made_["stage"] = to_string(Stage::draft);
    for (const std::string& part : submission_.header.parts) {
      if (to_.find_chapter(part) != kNone)
        made_["parts"].push_back(part);
      else
        lose("parts", Json(part).dump(),
             fmt::format("no chapter of {} {}", to_.id(), to_.version()));
    }
  }

  void carry_question(std::uint32_t index) {
    const Question& question = from_.question(index);
    const Json* written =
        find(question.is_personal ? contacts_ : json_, "answers", from_.code(question));
    if (written == nullptr) return;
    const std::string place(from_.code(question));
    const Counterpart& now = pairing_.question(index);
    if (now.to == kNone) return lose(place, bare(*written), now.why);
    const Question& target = to_.question(now.to);
    const Json answer =
        carry(place, question, target, target.floor, submission_.answers[index], *written);
    if (answer.empty()) return;
    Json& part = target.is_personal ? made_["contacts"] : made_;
    part["answers"][std::string(to_.code(target))] = answer;
  }

  static const Json* find(const Json& json, const char* member, std::string_view code) {
    const auto group = json.find(member);
    if (group == json.end()) return nullptr;
    const auto found = group->find(std::string(code));
    return found == group->end() ? nullptr : &*found;
  }

  /// What people wrote: the value alone where an answer is nothing more.
  static std::string bare(const Json& answer) {
    Json told = answer;
    told.erase("origin");
    return (told.size() == 1 && told.contains("value") ? told["value"] : told).dump();
  }

  /// The answer in its new place; empty when nothing of it fits.
  Json carry(const std::string& place, const Field& field, const Field& target, Visibility floor,
             const Answer& answer, const Json& written) {
    Json made = Json::object();
    for (const char* member : {"note", "author"})
      if (written.contains(member)) made[member] = written[member];
    if (written.contains("value")) {
      CarriedValue value = carry_value(pairing_, field, target, written["value"]);
      for (CarriedValue::Loss& loss : value.losses) lose(place, loss.value.dump(), loss.why);
      if (value.value) made["value"] = std::move(*value.value);
      if (value.value && written.contains("original")) made["original"] = written["original"];
    } else if (written.contains("reason")) {
      carry_reason(place, target, answer.reason, written, made);
    }
    const bool is_carried = made.contains("value") || made.contains("reason");
    // An author of nothing is no answer; a note may stand alone.
    if (!is_carried && !made.contains("note")) return Json::object();
    if (is_carried) ++migrated_.carried;
    if (is_carried) made["origin"] = to_string(Origin::carried_over);
    if (answer.visibility > floor) made["visibility"] = to_string(answer.visibility);
    return made;
  }

  void carry_reason(const std::string& place, const Field& target, Reason reason,
                    const Json& written, Json& made) {
    if (target.always_answered)
      return lose(place, written.at("reason").dump(),
                  "no reason is taken in place of an answer now");
    made["reason"] = written.at("reason");
    if (written.contains("expected_on")) made["expected_on"] = written["expected_on"];
    const auto index = static_cast<std::size_t>(reason);
    const ReasonDeclaration& was = from_.tables().reasons[index];
    const ReasonDeclaration& is = to_.tables().reasons[index];
    if (written.contains("detail")) {
      const auto code = written["detail"].get<std::string>();
      const auto moved = pairing_.option(was.detail_list, code);
      if (is.detail_list != kNone && to_.find_option(is.detail_list, moved.code) != kNone)
        made["detail"] = moved.code;
      else
        lose(place, Json{{"detail", code}}.dump(), "no such detail of the reason now");
    }
    if (!written.contains("rows")) return;
    if (is.registry != kNone && pairing_.registry(was.registry).to == is.registry)
      made["rows"] = written["rows"];
    else
      lose(place, Json{{"rows", written["rows"]}}.dump(), "the reason cites no such rows now");
  }

  void carry_register(std::uint32_t index) {
    const Register& registry = from_.registry(index);
    const std::string code(from_.string(registry.code));
    const Counterpart& now = pairing_.registry(index);
    std::size_t position = 0;
    for (const Row& row : submission_.registers[index]) {
      const Json& values = json_.at("registers").at(code).at(position++).at("values");
      const Json contacts = contact_cells(code, row.id);
      if (now.to == kNone) {
        Json whole = values;
        whole.update(contacts);
        lose(code + "/" + row.id, whole.dump(), now.why);
        continue;
      }
      carry_row(registry, to_.registry(now.to), row, values, contacts);
    }
  }

  Json contact_cells(const std::string& code, const std::string& row) const {
    const Json* rows = find(contacts_, "registers", code);
    if (rows == nullptr || !rows->contains(row)) return Json::object();
    return rows->at(row);
  }

  void carry_row(const Register& registry, const Register& target, const Row& row,
                 const Json& values, const Json& contacts) {
    const std::string code(from_.string(registry.code)), code_now(to_.string(target.code));
    Json made = {{"values", Json::object()}};
    if (!row.id.empty()) made["id"] = row.id;
    for (std::uint32_t c = 0; c < registry.columns.count; ++c) {
      const Column& column = from_.column(registry.columns.first + c);
      const std::string suffix(from_.code(column));
      const Json& group = column.is_personal ? contacts : values;
      if (!group.contains(suffix)) continue;
      const std::string place = fmt::format("{}/{}/{}", code, row.id, suffix);
      const Counterpart& now = pairing_.column(registry.columns.first + c);
      if (now.to == kNone) {
        lose(place, bare(group.at(suffix)), now.why);
        continue;
      }
      const Column& column_now = to_.column(now.to);
      const Json cell = carry(place, column, column_now, std::max(target.floor, column_now.floor),
                              row.cells[c], group.at(suffix));
      if (cell.empty()) continue;
      const std::string suffix_now(to_.code(column_now));
      if (column_now.is_personal && !row.id.empty())
        made_["contacts"]["registers"][code_now][row.id][suffix_now] = cell;
      else
        made["values"][suffix_now] = cell;
    }
    made_["registers"][code_now].push_back(std::move(made));
  }

  void lapse_explanations() {
    for (const Json& one : json_.value("explanations", Json::array()))
      migrated_.lapsed.push_back({fmt::format("{}@{}", one.at("rule").get<std::string>(),
                                              one.at("place").get<std::string>()),
                                  one.at("text").dump(),
                                  "it spoke of a rule and of answers of the earlier release"});
  }

  /// The reader holds what was made to the new form once more; what it rejects is listed too.
  void read_back() {
    std::string bytes = made_.dump();
    SubmissionReader reader;
    ReadSubmission read = reader.read(bytes, to_);
    for (const Finding& finding : read.findings)
      if (loses_answers(finding))
        lose(finding.pointer, Json(finding.written).dump(),
             fmt::format("{} in {} {}", finding.rule, to_.id(), to_.version()));
    migrated_.submission = std::move(read.submission);
  }

  const ReleasePairing& pairing_;
  const Form& from_;
  const Form& to_;
  const Submission& submission_;
  Json json_, contacts_;
  Json made_ = Json::object();
  Migrated migrated_;
};

}  // namespace

Migrated migrate(const ReleasePairing& pairing, const Submission& submission) {
  return Migration(pairing, submission).run();
}

}  // namespace cosp
