#include "readers/roster_reader.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "readers/cycle_words.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

constexpr std::array<std::string_view, 2> kKinds = {"state", "organization"};

class RosterReader {
 public:
  RosterReader(const YamlFile& file, const YamlNode& root, Roster& roster)
      : file_(file), root_(root), roster_(roster) {}

  void read() {
    constexpr std::string_view kWhat = "a roster";
    if (!file_.check_map(
            root_, {"id", "invented", "source", "date", "disclaimer", "groups", "entries"}, kWhat))
      return;
    roster_.id = require_text(file_, root_, "id", kWhat);
    roster_.is_invented = file_.boolean_of(root_, "invented");
    roster_.source = require_text(file_, root_, "source", kWhat);
    roster_.date = require_date(file_, root_, "date", kWhat).value_or(Date{});
    if (const YamlNode* disclaimer = root_.find("disclaimer"))
      roster_.disclaimer = read_names(file_, *disclaimer);
    roster_.groups = file_.texts_of(root_, "groups");
    if (file_.require(root_, "entries", kWhat) == nullptr) return;
    const YamlNode* entries = find_sequence(file_, root_, "entries");
    if (entries == nullptr) return;
    for (const YamlNode& node : entries->items) read_entry(node);
    check_members(*entries);
  }

 private:
  void read_entry(const YamlNode& node) {
    constexpr std::string_view kWhat = "an entry";
    if (!file_.check_map(node, {"code", "kind", "group", "flags", "names", "sort", "members"},
                         kWhat))
      return;
    RosterEntry entry;
    entry.code = require_text(file_, node, "code", kWhat);
    check_code(node, entry.code);
    entry.kind = read_word(file_, node, "kind", kWhat, parse_submitter_kind, kKinds)
                     .value_or(SubmitterKind::state);
    if (entry.kind == SubmitterKind::body)
      file_.add(*node.find("kind"),
                "expected \"state\" or \"organization\", got \"body\"; the cycle names bodies");
    entry.group = file_.text_of(node, "group");
    check_group(node, entry);
    entry.flags = file_.texts_of(node, "flags");
    entry.members = file_.texts_of(node, "members");
    if (const YamlNode* names = file_.require(node, "names", kWhat))
      entry.names = read_names(file_, *names);
    if (const YamlNode* sort = node.find("sort")) entry.sort = read_names(file_, *sort);
    roster_.entries.push_back(std::move(entry));
  }

  void check_code(const YamlNode& node, const std::string& code) {
    if (code.empty()) return;
    const bool is_good = std::all_of(code.begin(), code.end(), [](char c) {
      return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
             c == '-' || c == '_';
    });
    constexpr std::size_t kLongest = 40;
    if (!is_good || code.size() > kLongest)
      file_.add(*node.find("code"),
                "expected a code of letters, digits, \"-\" and \"_\", got \"" + code + "\"");
    else if (!codes_.insert(code).second)
      file_.add(*node.find("code"), "expected each code once, got \"" + code + "\" again");
  }

  void check_group(const YamlNode& node, const RosterEntry& entry) {
    if (entry.group.empty()) return;
    const std::vector<std::string_view> known(roster_.groups.begin(), roster_.groups.end());
    if (entry.kind == SubmitterKind::organization)
      file_.add(*node.find("group"),
                "expected no group for an organization, got \"" + entry.group + "\"");
    else if (std::find(known.begin(), known.end(), entry.group) == known.end())
      file_.add(*node.find("group"), unknown_name("group", entry.group, known));
  }

  void check_members(const YamlNode& entries) {
    const std::vector<std::string_view> known(codes_.begin(), codes_.end());
    for (const YamlNode& entry : entries.items)
      if (const YamlNode* members = entry.find("members");
          members != nullptr && members->is_sequence())
        check_known(file_, *members, "State", known);
  }

  const YamlFile& file_;
  const YamlNode& root_;
  Roster& roster_;
  std::set<std::string, std::less<>> codes_;
};

}  // namespace

RosterReading read_roster(std::string_view bytes, const std::string& name) {
  RosterReading reading;
  const auto root = parse_yaml(bytes, name, reading.mistakes);
  if (!root) return reading;
  reading.roster.emplace();
  RosterReader(YamlFile(name, reading.mistakes), *root, *reading.roster).read();
  sort_mistakes(reading.mistakes);
  return reading;
}

}  // namespace cosp
