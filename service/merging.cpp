#include "service/merging.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include "readers/submission_reader.hpp"
#include "readers/submission_writer.hpp"
#include "service/merge_units.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

std::string row_of(std::string_view cell_place) {
  return std::string(cell_place.substr(0, cell_place.rfind('/')));
}

bool is_same(const Json* left, const Json* right) {
  if (left == nullptr || right == nullptr) return left == right;
  return *left == *right;
}

std::string dumped(const Json* json) { return json == nullptr ? std::string() : json->dump(); }

class Merge {
 public:
  Merge(const Form& form, const Submission& base, std::span<const MergePart> parts)
      : form_(form), base_(form, base), parts_(parts) {
    taken_.reserve(parts.size());
    for (const MergePart& part : parts) taken_.emplace_back(form, *part.submission);
  }

  void run() {
    std::set<MergeKey> keys;
    for (const auto& [key, value] : base_.units()) keys.insert(key);
    for (const SubmissionUnits& taken : taken_)
      for (const auto& [key, value] : taken.units()) keys.insert(key);
    for (const MergeKey& key : keys)
      if (key.group == MergeGroup::row && base_.find(key) != nullptr) settle_row(key);
    for (const MergeKey& key : keys)
      if (!is_settled(key)) decide(key);
    keep_cited_rows();
  }

  /// The submission in its JSON form, with the header of `base` and this revision.
  std::string json(const Submission& base, std::uint32_t revision) const {
    Submission header;
    header.header = base.header;
    header.answers.resize(form_.questions().size());
    header.registers.resize(form_.registers().size());
    Json json = Json::parse(canonical_json(form_, header));
    json["revision"] = revision;
    json.erase("answers");
    json["registers"] = Json::object();
    json["explanations"] = Json::array();
    json["contacts"] = {{"answers", Json::object()}, {"registers", Json::object()}};
    if (const auto parts = common_parts(base); !parts.empty()) json["parts"] = parts;
    std::map<std::string, Json*> rows;
    place_rows(json, rows);
    Json answers = Json::object();
    std::string unknown;
    for (const auto& [key, value] : result_) {
      if (key.group == MergeGroup::answer)
        put_unit(answers[key.place], key, value);
      else if (key.group == MergeGroup::unknown)
        unknown += fmt::format(",{}:{}", Json(key.place).dump(), value.get<std::string>());
      else
        put(json, rows, key, value);
    }
    std::string text = answers.dump();
    text.pop_back();
    text += text.size() == 1 && !unknown.empty() ? unknown.substr(1) : unknown;
    return fmt::format("{{\"answers\":{}}},{}", text, json.dump().substr(1));
  }

  std::vector<MergeConflict> take_conflicts() { return std::move(conflicts_); }
  std::size_t changes() const { return changes_; }

 private:
  bool covers(std::size_t part, const MergeKey& key) const {
    const auto& asked = parts_[part].covers;
    return !asked || asked(key.place);
  }

  /// What the part wants there: the base's own where it says nothing on it.
  const Json* wanted(std::size_t part, const MergeKey& key) const {
    const Json* given = taken_[part].find(key);
    const bool is_silent = key.group == MergeGroup::header || !covers(part, key);
    return given == nullptr && is_silent ? base_.find(key) : given;
  }

  void decide(const MergeKey& key) {
    const Json* base = base_.find(key);
    std::vector<std::size_t> changed;
    for (std::size_t i = 0; i < taken_.size(); ++i)
      if (!is_same(wanted(i, key), base)) changed.push_back(i);
    if (changed.empty()) {
      if (base != nullptr) result_.emplace(key, *base);
      return;
    }
    const Json* first = wanted(changed.front(), key);
    const bool is_agreed = std::all_of(changed.begin(), changed.end(), [&](std::size_t part) {
      return is_same(wanted(part, key), first);
    });
    // Beside a value in conflict, a note or an author would stand with a value it is not about. (Of
    // one place, the answer itself comes first.)
    const bool is_beside_conflict = conflicting_.contains({key.group, key.place});
    if (is_agreed && !is_beside_conflict) {
      ++changes_;
      if (first != nullptr) result_.emplace(key, *first);
      return;
    }
    if (base != nullptr) result_.emplace(key, *base);
    if (key.property == kAnswerUnit) conflicting_.emplace(key.group, key.place);
    add_conflict(key, changed);
  }

  void add_conflict(const MergeKey& key, const std::vector<std::size_t>& changed) {
    MergeConflict conflict{key.place, key.property, dumped(base_.find(key)), {}, {}};
    for (const std::size_t part : changed)
      conflict.sides.push_back(side_of(part, key, dumped(wanted(part, key))));
    conflicts_.push_back(std::move(conflict));
  }

  /// Calls `visit` with each thing within the row.
  template <class Visit>
  static void for_each_in_row(const MergeUnits& units, const std::string& row, Visit visit) {
    for (const MergeGroup group : {MergeGroup::cell, MergeGroup::contact_cell}) {
      const std::string start = row + "/";
      for (auto it = units.lower_bound({group, start, ""});
           it != units.end() && it->first.group == group && it->first.place.starts_with(start);
           ++it)
        visit(*it);
    }
  }

  bool is_settled(const MergeKey& key) const {
    if (key.group == MergeGroup::row) return settled_rows_.contains(key.place);
    const bool is_cell = key.group == MergeGroup::cell || key.group == MergeGroup::contact_cell;
    return is_cell && settled_rows_.contains(row_of(key.place));
  }

  bool has_changed_row(std::size_t part, const std::string& row) const {
    bool is_changed = false;
    for_each_in_row(taken_[part].units(), row, [&](const auto& unit) {
      is_changed = is_changed || !is_same(base_.find(unit.first), &unit.second);
    });
    return is_changed;
  }

  /// A row of the base that somebody took out: it goes with all its cells, unless somebody else
  /// wrote into it. Then the whole row is one conflict, and stays as it was.
  void settle_row(const MergeKey& key) {
    std::vector<std::size_t> gone;
    std::vector<std::size_t> changed;
    for (std::size_t part = 0; part < taken_.size(); ++part) {
      if (wanted(part, key) == nullptr)
        gone.push_back(part);
      else if (has_changed_row(part, key.place))
        changed.push_back(part);
    }
    if (gone.empty()) return;
    settled_rows_.insert(key.place);
    if (changed.empty()) {
      ++changes_;
      removed_.emplace(key.place, std::move(gone));
      return;
    }
    MergeConflict conflict{key.place, key.property, row_json(base_, key.place), {}, {}};
    for (std::size_t part = 0; part < taken_.size(); ++part) {
      if (std::ranges::find(gone, part) != gone.end())
        conflict.sides.push_back(side_of(part, key, ""));
      else if (std::ranges::find(changed, part) != changed.end())
        conflict.sides.push_back(side_of(part, key, row_json(taken_[part], key.place)));
    }
    conflicts_.push_back(std::move(conflict));
    restore_row(key);
  }

  void restore_row(const MergeKey& key) {
    result_.emplace(key, *base_.find(key));
    for_each_in_row(base_.units(), key.place, [&](const auto& unit) { result_.insert(unit); });
  }

  const Field* field_of(const MergeKey& key) const {
    if (key.group == MergeGroup::answer) {
      const std::uint32_t question = form_.find_question(key.place);
      return question == kNone ? nullptr : &form_.question(question);
    }
    if (key.group != MergeGroup::cell) return nullptr;
    const std::string registry = key.place.substr(0, key.place.find('/'));
    const std::string column = key.place.substr(key.place.rfind('/') + 1);
    const std::uint32_t index =
        form_.find_column(form_.registry(form_.find_register(registry)), column);
    return index == kNone ? nullptr : &form_.column(index);
  }

  /// The rows ("register/id") that an answer cites, as its value or with its reason.
  std::vector<std::string> cited_by(const MergeKey& key, const Json& answer) const {
    std::vector<std::string> cited;
    const auto add = [&](std::uint32_t registry, const Json& ids) {
      if (registry == kNone || !ids.is_array()) return;
      for (const Json& id : ids)
        cited.push_back(fmt::format("{}/{}", form_.string(form_.registry(registry).code),
                                    id.get<std::string>()));
    };
    const Field* field = field_of(key);
    if (field == nullptr || key.property != kAnswerUnit) return cited;
    if (field->type == QuestionType::reference && answer.contains("value"))
      add(field->registry, answer.at("value"));
    if (answer.contains("rows"))
      if (const auto reason = parse_reason(answer.at("reason").get<std::string>()))
        add(form_.tables().reasons[static_cast<std::size_t>(*reason)].registry, answer.at("rows"));
    return cited;
  }

  /// A row that one part took out while an answer still cites it stays, as a conflict.
  void keep_cited_rows() {
    if (removed_.empty()) return;
    std::map<std::string, std::string> citing;
    for (const auto& [key, value] : result_)
      for (std::string& row : cited_by(key, value)) citing.emplace(std::move(row), key.place);
    for (const auto& [row, gone] : removed_) {
      const auto place = citing.find(row);
      if (place == citing.end()) continue;
      const MergeKey key{MergeGroup::row, row, std::string(kRowUnit)};
      MergeConflict conflict{row, key.property, row_json(base_, row), {}, {}};
      for (const std::size_t part : gone) conflict.sides.push_back(side_of(part, key, ""));
      conflict.cited_by = place->second;
      conflicts_.push_back(std::move(conflict));
      --changes_;
      restore_row(key);
    }
  }

  static std::string row_json(const SubmissionUnits& taken, const std::string& row) {
    Json content = Json::object();
    for_each_in_row(taken.units(), row, [&](const auto& unit) {
      put_unit(content[unit.first.place.substr(row.size() + 1)], unit.first, unit.second);
    });
    return content.dump();
  }

  MergeSide side_of(std::size_t part, const MergeKey& key, std::string json) const {
    MergeSide side{parts_[part].name, {}, {}, std::move(json)};
    if (parts_[part].where) side.where = parts_[part].where(key.place);
    if (const Json* author = taken_[part].find({key.group, key.place, "author"}))
      side.author = author->get<std::string>();
    return side;
  }

  /// Chapters: none of a complete base; else all that base and parts cover together.
  std::vector<std::string> common_parts(const Submission& base) const {
    std::set<std::string> codes(base.header.parts.begin(), base.header.parts.end());
    if (codes.empty()) return {};
    for (const MergePart& part : parts_)
      codes.insert(part.submission->header.parts.begin(), part.submission->header.parts.end());
    std::vector<std::string> ordered;
    for (const Chapter& chapter : form_.chapters())
      if (std::string code(form_.string(chapter.code)); codes.contains(code))
        ordered.push_back(std::move(code));
    return ordered;
  }

  /// Rows of the base first, in its order; then the new ones, as they follow each other in their
  /// parts, and between parts by id.
  std::vector<std::string> ordered_rows(const std::string& registry) const {
    std::vector<std::string> ids;
    std::set<std::string> known;
    const auto add = [&](const std::string& id) {
      if (result_.contains({MergeGroup::row, registry + "/" + id, std::string(kRowUnit)}) &&
          known.insert(id).second)
        ids.push_back(id);
    };
    if (const auto own = base_.rows().find(registry); own != base_.rows().end())
      for (const std::string& id : own->second) {
        add(id);
        known.insert(id);  // one that was taken out holds no place in its parts
      }
    std::vector<std::vector<std::string>> queues;
    for (const SubmissionUnits& taken : taken_)
      if (const auto rows = taken.rows().find(registry); rows != taken.rows().end())
        queues.push_back(rows->second);
    std::vector<std::size_t> heads(queues.size(), 0);
    while (true) {
      std::size_t next = queues.size();
      for (std::size_t i = 0; i < queues.size(); ++i) {
        while (heads[i] < queues[i].size() && known.contains(queues[i][heads[i]])) ++heads[i];
        if (heads[i] == queues[i].size()) continue;
        if (next == queues.size() || is_before(queues[i][heads[i]], queues[next][heads[next]]))
          next = i;
      }
      if (next == queues.size()) return ids;
      const std::string& id = queues[next][heads[next]++];
      add(id);
      known.insert(id);
    }
  }

  /// "m-9" before "m-10".
  static bool is_before(const std::string& left, const std::string& right) {
    const auto parts = [](const std::string& id) {
      const std::size_t digits = id.find_last_not_of("0123456789") + 1;
      return std::pair(id.substr(0, digits), id.substr(digits));
    };
    const auto [left_word, left_number] = parts(left);
    const auto [right_word, right_number] = parts(right);
    if (left_word != right_word) return left_word < right_word;
    if (left_number.size() != right_number.size()) return left_number.size() < right_number.size();
    return left_number < right_number;
  }

  void place_rows(Json& json, std::map<std::string, Json*>& rows) const {
    for (const Register& registry : form_.tables().registers) {
      const std::string code(form_.string(registry.code));
      const std::vector<std::string> ids = ordered_rows(code);
      if (ids.empty()) continue;
      Json& array = json["registers"][code] = Json::array();
      for (const std::string& id : ids) {
        array.push_back(Json::object());
        if (!id.empty()) array.back()["id"] = id;
        array.back()["values"] = Json::object();
      }
      for (std::size_t i = 0; i < ids.size(); ++i) rows[code + "/" + ids[i]] = &array[i]["values"];
    }
  }

  static void put_unit(Json& answer, const MergeKey& key, const Json& value) {
    if (key.property == kAnswerUnit)
      answer.update(value);
    else
      answer[key.property] = value;
  }

  static void put(Json& json, const std::map<std::string, Json*>& rows, const MergeKey& key,
                  const Json& value) {
    switch (key.group) {
      case MergeGroup::header: json[key.place] = value; return;
      case MergeGroup::answer:
      case MergeGroup::unknown:
      case MergeGroup::row: return;  // placed already
      case MergeGroup::contact: return put_unit(json["contacts"]["answers"][key.place], key, value);
      case MergeGroup::cell: {
        const std::string row = row_of(key.place);
        return put_unit((*rows.at(row))[key.place.substr(row.size() + 1)], key, value);
      }
      case MergeGroup::contact_cell: {
        const std::string row = row_of(key.place);
        const std::size_t slash = row.find('/');
        Json& cells = json["contacts"]["registers"][row.substr(0, slash)][row.substr(slash + 1)];
        return put_unit(cells[key.place.substr(row.size() + 1)], key, value);
      }
      case MergeGroup::explanation: json["explanations"].push_back(value); return;
    }
  }

  const Form& form_;
  SubmissionUnits base_;
  std::span<const MergePart> parts_;
  std::vector<SubmissionUnits> taken_;
  MergeUnits result_;
  std::set<std::pair<MergeGroup, std::string>> conflicting_;  ///< places of answers
  std::set<std::string> settled_rows_;
  std::map<std::string, std::vector<std::size_t>> removed_;  ///< rows, and the parts that did it
  std::vector<MergeConflict> conflicts_;
  std::size_t changes_ = 0;
};

/// Rows are merged by their ids, and need them. What could not be read would look taken out.
Result<void> expect_whole(const Form& form, const Submission& submission, const std::string& name) {
  if (has_rejected(submission))
    return Error{Error::Kind::bad_input, "expected answers that can all be read", name};
  for (std::size_t i = 0; i < submission.registers.size(); ++i) {
    std::set<std::string_view> ids;
    for (const Row& row : submission.registers[i])
      if (row.id.empty() || !ids.insert(row.id).second)
        return Error{
            Error::Kind::bad_input,
            fmt::format("expected an id of its own for each row of {}, got \"{}\"",
                        form.string(form.registry(static_cast<std::uint32_t>(i)).code), row.id),
            name};
  }
  return {};
}

Result<void> expect_same(const SubmissionHeader& base, const MergePart& part) {
  const SubmissionHeader& header = part.submission->header;
  const auto refuse = [&](std::string_view what, std::string_view own, std::string_view other) {
    return Error{
        Error::Kind::bad_input,
        fmt::format("expected the same {} as in the base, \"{}\", got \"{}\"", what, own, other),
        part.name};
  };
  if (header.form_id != base.form_id) return refuse("form", base.form_id, header.form_id);
  if (header.form_version != base.form_version)
    return refuse("release of the form", base.form_version, header.form_version);
  if (header.cycle != base.cycle) return refuse("cycle", base.cycle, header.cycle);
  if (header.submitter != base.submitter || header.submitter_kind != base.submitter_kind)
    return refuse("submitter", base.submitter, header.submitter);
  return {};
}

}  // namespace

Result<Merged> merge(const Form& form, SubmissionReader& reader, const Submission& base,
                     std::span<const MergePart> parts) {
  std::uint32_t revision = base.header.revision;
  if (const auto rows = expect_whole(form, base, "base"); !rows) return rows.error();
  for (const MergePart& part : parts) {
    if (const auto rows = expect_whole(form, *part.submission, part.name); !rows)
      return rows.error();
    if (const auto same = expect_same(base.header, part); !same) return same.error();
    revision = std::max(revision, part.submission->header.revision);
  }
  Merge merging(form, base, parts);
  merging.run();
  std::string json = merging.json(base, revision);
  ReadSubmission read = reader.read(json, form);
  if (const auto whole = expect_whole(form, read.submission, "result"); !whole)
    return whole.error();
  return Merged{std::move(read.submission), merging.take_conflicts(), merging.changes()};
}

}  // namespace cosp
