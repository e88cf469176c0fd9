#include "readers/migration_map.hpp"

#include <set>
#include <string>

#include "base/file.hpp"
#include "readers/cycle_words.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

constexpr std::uint64_t kMaxFileBytes = 4u << 20;
constexpr std::string_view kFormat = "cosp-migration/1";
constexpr std::string_view kWhat = "a map";

class MapReader {
 public:
  MapReader(const YamlFile& file, const YamlNode& root, MigrationMap& map)
      : file_(file), root_(root), map_(map) {}

  void read() {
    const std::string format = require_text(file_, root_, "format", kWhat);
    if (!format.empty() && format != kFormat)
      file_.add(*root_.find("format"),
                "expected \"" + std::string(kFormat) + "\", got \"" + format + "\"");
    map_.from = release("from");
    map_.to = release("to");
    read_moves("questions", "", map_.questions);
    read_moves("options", "list", map_.options);
    read_moves("registers", "", map_.registers);
    read_moves("columns", "register", map_.columns);
    read_moves("units", "", map_.units);
    read_moves("provisions", "", map_.provisions);
  }

 private:
  MappedRelease release(std::string_view key) {
    constexpr std::string_view kRelease = "a release";
    const YamlNode* node = file_.require(root_, key, kWhat);
    if (node == nullptr || !file_.check_map(*node, {"id", "version", "structure"}, kRelease))
      return {};
    return {require_text(file_, *node, "id", kRelease),
            require_text(file_, *node, "version", kRelease), file_.text_of(*node, "structure")};
  }

  void read_moves(std::string_view key, std::string_view owner, std::vector<CodeMove>& moves) {
    const YamlNode* sequence = find_sequence(file_, root_, key);
    if (sequence == nullptr) return;
    std::set<std::pair<std::string, std::string>> named;
    for (const YamlNode& node : sequence->items) {
      const auto move = read_move(node, owner);
      if (!move) continue;
      if (!named.emplace(move->owner, move->from).second)
        file_.add(*node.find("from"), "expected each code once, got \"" + move->from + "\" again");
      moves.push_back(*move);
    }
  }

  std::optional<CodeMove> read_move(const YamlNode& node, std::string_view owner) {
    constexpr std::string_view kLine = "a line of the map";
    const bool is_known =
        owner.empty() ? file_.check_map(node, {"from", "to", "drop", "guess"}, kLine)
                      : file_.check_map(node, {owner, "from", "to", "drop", "guess"}, kLine);
    if (!is_known) return std::nullopt;
    CodeMove move;
    if (!owner.empty()) move.owner = require_text(file_, node, owner, kLine);
    move.from = require_text(file_, node, "from", kLine);
    move.to = file_.text_of(node, "to");
    move.why = file_.text_of(node, "drop");
    move.is_guess = file_.boolean_of(node, "guess");
    if (move.from.empty()) return std::nullopt;
    if (move.to.empty() == move.why.empty())
      file_.add(node, "expected either \"to\" (a code) or \"drop\" (why), got " +
                          std::string(move.to.empty() ? "neither" : "both"));
    return move;
  }

  const YamlFile& file_;
  const YamlNode& root_;
  MigrationMap& map_;
};

}  // namespace

MigrationMapReading read_migration_map(std::string_view bytes, std::string_view file) {
  MigrationMapReading reading;
  const auto root = parse_yaml(bytes, file, reading.mistakes);
  if (!root) return reading;
  const YamlFile yaml(std::string(file), reading.mistakes);
  const bool is_map = yaml.check_map(*root,
                                     {"format", "from", "to", "questions", "options", "registers",
                                      "columns", "units", "provisions"},
                                     kWhat);
  if (!is_map) return reading;
  MigrationMap map;
  map.name = file;
  MapReader(yaml, *root, map).read();
  sort_mistakes(reading.mistakes);
  if (reading.mistakes.empty()) reading.map = std::move(map);
  return reading;
}

Result<MigrationMap> load_migration_map(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kMaxFileBytes);
  if (!bytes) return bytes.error();
  MigrationMapReading reading = read_migration_map(*bytes, file.generic_string());
  if (reading.map) return std::move(*reading.map);
  Error error{Error::Kind::bad_input, {}, {}};
  for (const Mistake& mistake : reading.mistakes) {
    if (!error.what.empty()) error.what += '\n';
    error.what += describe(mistake);
  }
  return error;
}

}  // namespace cosp
