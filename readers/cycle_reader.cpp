#include "readers/cycle_reader.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "readers/cycle_words.hpp"
#include "readers/migration_map.hpp"
#include "readers/roster_reader.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

constexpr std::uint64_t kMaxFileBytes = 4u << 20;
constexpr std::string_view kWhat = "a cycle";
constexpr std::array<std::string_view, 3> kPurposes = {"test", "pilot", "official"};
constexpr std::array<std::string_view, 4> kPositions = {"neither", "signatory", "party",
                                                        "former_party"};
constexpr std::array<std::string_view, 4> kSeverities = {"info", "warning", "error", "blocker"};

/// Reads what stands in the cycle file itself; the roster is read before.
class CycleReader {
 public:
  /// `has_roster`: names of States and groups can be held against it.
  CycleReader(const YamlFile& file, const YamlNode& root, Cycle& cycle, bool has_roster)
      : file_(file), root_(root), cycle_(cycle), has_roster_(has_roster) {
    for (const RosterEntry& entry : cycle.roster.entries) states_.push_back(entry.code);
    groups_.assign(cycle.roster.groups.begin(), cycle.roster.groups.end());
  }

  void read() {
    read_head();
    read_decision();
    if (const YamlNode* masthead = given("masthead");
        masthead != nullptr &&
        file_.check_map(*masthead, {"symbol", "session", "agenda_item"}, "a masthead"))
      cycle_.masthead =
          Masthead{file_.text_of(*masthead, "symbol"), file_.text_of(*masthead, "session"),
                   file_.text_of(*masthead, "agenda_item")};
    cycle_.bodies = file_.texts_of(root_, "bodies");
    states_.insert(states_.end(), cycle_.bodies.begin(), cycle_.bodies.end());
    each("phases", &CycleReader::read_phase);
    each("extensions", &CycleReader::read_extension);
    read_positions();
    each("reservations", &CycleReader::read_reservation);
    each("overrides", &CycleReader::read_override);
  }

 private:
  const YamlNode* given(std::string_view key) const {
    const YamlNode* node = root_.find(key);
    return node == nullptr || node->is_null() ? nullptr : node;
  }

  void each(std::string_view key, void (CycleReader::*read_one)(const YamlNode&)) {
    if (const YamlNode* sequence = find_sequence(file_, root_, key))
      for (const YamlNode& node : sequence->items) (this->*read_one)(node);
  }

  void read_head() {
    cycle_.id = require_text(file_, root_, "id", kWhat);
    if (!cycle_.id.empty()) check_identifier(file_, *root_.find("id"), cycle_.id);
    if (const YamlNode* title = file_.require(root_, "title", kWhat))
      cycle_.title = read_names(file_, *title);
    cycle_.purpose =
        read_word(file_, root_, "purpose", kWhat, parse_purpose, kPurposes).value_or(Purpose::test);
    if (file_.require(root_, "forms", kWhat) != nullptr) each("forms", &CycleReader::read_form);
    if (const YamlNode* forms = given("forms");
        forms != nullptr && forms->is_sequence() && forms->items.empty())
      file_.add(*forms, "expected at least one form, got an empty list");
    if (const YamlNode* period = file_.require(root_, "period", kWhat))
      cycle_.period = read_period(file_, *period).value_or(Period{});
    cycle_.cut_off = require_date(file_, root_, "cut_off", kWhat).value_or(Date{});
  }

  void read_form(const YamlNode& node) {
    if (!file_.check_map(node, {"id", "version", "map"}, "a form")) return;
    FormRelease release{require_text(file_, node, "id", "a form"),
                        require_text(file_, node, "version", "a form")};
    if (const YamlNode* map = node.find("map"); map != nullptr && cycle_.forms.empty())
      file_.add(*map, "expected a map beside an earlier release, got one beside the target");
    cycle_.forms.push_back(std::move(release));
  }

  void read_decision() {
    const YamlNode* node = given("decision");
    if (node != nullptr &&
        file_.check_map(*node, {"symbol", "title", "invented", "comparison"}, "a decision")) {
      Decision& decision = cycle_.decision.emplace();
      decision.symbol = require_text(file_, *node, "symbol", "a decision");
      if (const YamlNode* title = node->find("title")) decision.title = read_names(file_, *title);
      decision.is_invented = file_.boolean_of(*node, "invented");
      decision.asks_comparison = file_.boolean_of(*node, "comparison");
    }
    if (cycle_.purpose != Purpose::official) return;
    const YamlNode& purpose = *root_.find("purpose");
    if (node == nullptr)
      file_.add(purpose, "expected a decision beside the purpose \"official\", got none");
    else if (cycle_.decision && cycle_.decision->is_invented)
      file_.add(purpose,
                "expected \"test\" or \"pilot\" beside an invented decision, got \"official\"");
    if (cycle_.roster.is_invented)
      file_.add(purpose,
                "expected \"test\" or \"pilot\" with an invented roster, got \"official\"");
  }

  std::string state(const YamlNode& node, std::string_view what) {
    std::string code = require_text(file_, node, "state", what);
    if (!code.empty()) check_state(*node.find("state"), code);
    return code;
  }

  void check_state(const YamlNode& at, std::string_view code) {
    check_state(at.line, at.column, code);
  }
  void check_state(std::uint32_t line, std::uint32_t column, std::string_view code) {
    if (has_roster_ && std::find(states_.begin(), states_.end(), code) == states_.end())
      file_.add(line, column, unknown_name("State", code, states_));
  }

  void read_phase(const YamlNode& node) {
    constexpr std::string_view kPhase = "a phase";
    if (!file_.check_map(node, {"id", "chapters", "groups", "states", "period", "deadline"},
                         kPhase))
      return;
    Phase phase;
    phase.id = require_text(file_, node, "id", kPhase);
    if (!phase.id.empty() && !phase_ids_.insert(phase.id).second)
      file_.add(*node.find("id"), "expected each phase once, got \"" + phase.id + "\" again");
    file_.require(node, "chapters", kPhase);
    phase.chapters = file_.texts_of(node, "chapters");
    phase.groups = file_.texts_of(node, "groups");
    phase.states = file_.texts_of(node, "states");
    if (has_roster_) {
      if (const YamlNode* groups = node.find("groups"))
        check_known(file_, *groups, "group", groups_);
      if (const YamlNode* states = node.find("states"))
        check_known(file_, *states, "State", states_);
    }
    if (const YamlNode* period = node.find("period"); period != nullptr && !period->is_null())
      phase.period = read_period(file_, *period);
    phase.deadline = file_.date_of(node, "deadline");
    cycle_.phases.push_back(std::move(phase));
  }

  void read_extension(const YamlNode& node) {
    constexpr std::string_view kExtension = "an extension";
    if (!file_.check_map(node, {"state", "deadline", "reason"}, kExtension)) return;
    Extension extension;
    extension.state = state(node, kExtension);
    extension.deadline = require_date(file_, node, "deadline", kExtension).value_or(Date{});
    extension.reason = require_text(file_, node, "reason", kExtension);
    cycle_.extensions.push_back(std::move(extension));
  }

  void read_positions() {
    const YamlNode* positions = given("positions");
    if (positions == nullptr) return;
    if (!positions->is_map())
      return file_.add(*positions, "expected a map, got " + describe_node(*positions));
    for (const YamlNode::Entry& entry : positions->entries) {
      check_state(entry.line, entry.column, entry.key);
      std::vector<PositionEntry>& history = cycle_.positions[entry.key];
      if (entry.value.is_null()) continue;
      for (const YamlNode& node : file_.sequence(entry.value)) read_position(node, history);
    }
  }

  void read_position(const YamlNode& node, std::vector<PositionEntry>& history) {
    constexpr std::string_view kEntry = "a position";
    if (!file_.check_map(node, {"on", "position", "act", "in_force", "notification"}, kEntry))
      return;
    PositionEntry entry;
    const auto on = require_date(file_, node, "on", kEntry);
    entry.on = on.value_or(Date{});
    const auto position = read_word(file_, node, "position", kEntry, parse_position, kPositions);
    entry.position = position.value_or(Position::neither);
    entry.act = file_.text_of(node, "act");
    entry.in_force = file_.date_of(node, "in_force");
    entry.notification = require_text(file_, node, "notification", kEntry);
    if (position == Position::party && node.find("in_force") == nullptr)
      file_.add(node, "expected \"in_force\" beside the position \"party\", got none");
    if (on && entry.in_force && *entry.in_force < *on)
      file_.add(*node.find("in_force"), "expected a day not before " + on->to_string() +
                                            ", got \"" + entry.in_force->to_string() + "\"");
    if (on && !history.empty() && *on < history.back().on)
      file_.add(*node.find("on"), "expected the oldest entry first, got \"" + on->to_string() +
                                      "\" after " + history.back().on.to_string());
    if (on) history.push_back(std::move(entry));
  }

  void read_reservation(const YamlNode& node) {
    constexpr std::string_view kReservation = "a reservation";
    if (!file_.check_map(
            node,
            {"state", "kind", "extent", "provisions", "made_on", "withdrawn_on", "notification"},
            kReservation))
      return;
    RegisteredReservation reservation;
    reservation.state = state(node, kReservation);
    reservation.kind = require_text(file_, node, "kind", kReservation);
    reservation.extent = file_.text_of(node, "extent");
    file_.require(node, "provisions", kReservation);
    reservation.provisions = file_.texts_of(node, "provisions");
    reservation.made_on = require_date(file_, node, "made_on", kReservation).value_or(Date{});
    reservation.withdrawn_on = file_.date_of(node, "withdrawn_on");
    reservation.notification = require_text(file_, node, "notification", kReservation);
    if (reservation.withdrawn_on && *reservation.withdrawn_on < reservation.made_on)
      file_.add(*node.find("withdrawn_on"), "expected a day not before " +
                                                reservation.made_on.to_string() + ", got \"" +
                                                reservation.withdrawn_on->to_string() + "\"");
    cycle_.reservations.push_back(std::move(reservation));
  }

  void read_override(const YamlNode& node) {
    constexpr std::string_view kOverride = "an override";
    if (!file_.check_map(node, {"rule", "severity", "active", "reason", "on"}, kOverride)) return;
    RuleOverride entry;
    entry.rule = require_text(file_, node, "rule", kOverride);
    if (cycle_.override_of(entry.rule) != nullptr)
      file_.add(*node.find("rule"),
                "expected one override of each rule, got \"" + entry.rule + "\" again");
    entry.severity =
        read_word(file_, node, "severity", kOverride, parse_severity, kSeverities, false);
    entry.is_active = file_.boolean_of(node, "active", true);
    entry.reason = require_text(file_, node, "reason", kOverride);
    entry.on = require_date(file_, node, "on", kOverride).value_or(Date{});
    if (node.find("severity") == nullptr && node.find("active") == nullptr)
      file_.add(node, "expected \"severity\" or \"active\" in an override, got neither");
    cycle_.overrides.push_back(std::move(entry));
  }

  const YamlFile& file_;
  const YamlNode& root_;
  Cycle& cycle_;
  bool has_roster_;
  std::vector<std::string_view> states_;
  std::vector<std::string_view> groups_;
  std::set<std::string, std::less<>> phase_ids_;
};

std::filesystem::path roster_path(const std::filesystem::path& file,
                                  const std::filesystem::path& rosters_folder,
                                  const std::string& name) {
  const bool is_path = name.ends_with(".yaml");
  return is_path ? file.parent_path() / name : rosters_folder / (name + ".yaml");
}

/// A bare name leads to the folder of rosters and nowhere else.
bool is_roster_name(const std::string& name) {
  return name.ends_with(".yaml") || name.find('/') == std::string::npos;
}

/// Reads the roster that the cycle names into it; nothing when there is none to read.
Result<bool> read_roster_of(const YamlFile& cycle_file, const YamlNode& root,
                            const std::filesystem::path& file,
                            const std::filesystem::path& rosters_folder, Cycle& cycle,
                            Sha256& digest, std::vector<Mistake>& mistakes) {
  const std::string name = require_text(cycle_file, root, "roster", kWhat);
  if (name.empty()) return false;
  if (!is_roster_name(name)) {
    cycle_file.add(*root.find("roster"),
                   "expected a name or a path that ends in .yaml, got \"" + name + "\"");
    return false;
  }
  const std::filesystem::path path = roster_path(file, rosters_folder, name);
  const auto bytes = read_file(path, kMaxFileBytes);
  if (!bytes && bytes.error().kind == Error::Kind::not_found) {
    cycle_file.add(*root.find("roster"),
                   "expected a roster at " + path.generic_string() + ", found no file");
    return false;
  }
  if (!bytes) return bytes.error();
  digest.update(*bytes);
  RosterReading reading = read_roster(*bytes, path.generic_string());
  mistakes.insert(mistakes.end(), reading.mistakes.begin(), reading.mistakes.end());
  if (reading.roster) cycle.roster = std::move(*reading.roster);
  return reading.roster.has_value();
}

/// Reads the maps that the cycle names beside its earlier releases. Paths are relative to the cycle
/// file.
Result<void> read_maps_of(const YamlFile& cycle_file, const YamlNode& root,
                          const std::filesystem::path& file, Cycle& cycle, Sha256& digest,
                          std::vector<Mistake>& mistakes) {
  const YamlNode* forms = root.find("forms");
  if (forms == nullptr || forms->items.size() != cycle.forms.size()) return {};
  for (std::size_t i = 1; i < cycle.forms.size(); ++i) {
    const std::string name = cycle_file.text_of(forms->items[i], "map");
    if (name.empty()) continue;
    const std::filesystem::path path = file.parent_path() / name;
    const auto bytes = read_file(path, kMaxFileBytes);
    if (!bytes && bytes.error().kind == Error::Kind::not_found) {
      cycle_file.add(*forms->items[i].find("map"),
                     "expected a map at " + path.generic_string() + ", found no file");
      continue;
    }
    if (!bytes) return bytes.error();
    digest.update(*bytes);
    MigrationMapReading reading = read_migration_map(*bytes, path.generic_string());
    mistakes.insert(mistakes.end(), reading.mistakes.begin(), reading.mistakes.end());
    cycle.forms[i].map = std::move(reading.map);
  }
  return {};
}

/// The error is of a file that cannot be read.
Result<CycleReading> read_files(const std::filesystem::path& path,
                                const std::filesystem::path& rosters_folder) {
  const auto bytes = read_file(path, kMaxFileBytes);
  if (!bytes) return bytes.error();
  CycleReading reading;
  const auto root = parse_yaml(*bytes, path.generic_string(), reading.mistakes);
  if (!root) return reading;
  const YamlFile file(path.generic_string(), reading.mistakes);
  const bool is_map = file.check_map(
      *root,
      {"id", "title", "purpose", "forms", "roster", "period", "cut_off", "decision", "masthead",
       "phases", "extensions", "positions", "reservations", "overrides", "bodies"},
      kWhat);
  if (!is_map) return reading;
  Cycle cycle;
  Sha256 digest;
  digest.update(*bytes);
  const auto has_roster =
      read_roster_of(file, *root, path, rosters_folder, cycle, digest, reading.mistakes);
  if (!has_roster) return has_roster.error();
  CycleReader(file, *root, cycle, *has_roster).read();
  if (const auto maps = read_maps_of(file, *root, path, cycle, digest, reading.mistakes); !maps)
    return maps.error();
  cycle.digest = digest.finish_hex();
  sort_mistakes(reading.mistakes);
  if (reading.mistakes.empty()) reading.cycle = std::move(cycle);
  return reading;
}

}  // namespace

CycleReading read_cycle(const std::filesystem::path& file,
                        const std::filesystem::path& rosters_folder) {
  auto reading = read_files(file, rosters_folder);
  if (reading) return std::move(*reading);
  CycleReading failed;
  failed.mistakes.push_back({reading.error().where, 0, 0, reading.error().what});
  return failed;
}

Result<Cycle> load_cycle(const std::filesystem::path& file,
                         const std::filesystem::path& rosters_folder) {
  auto reading = read_files(file, rosters_folder);
  if (!reading) return reading.error();
  if (reading->cycle) return std::move(*reading->cycle);
  Error error{Error::Kind::bad_input, {}, {}};
  for (const Mistake& mistake : reading->mistakes) {
    if (!error.what.empty()) error.what += '\n';
    error.what += describe(mistake);
  }
  return error;
}

}  // namespace cosp
