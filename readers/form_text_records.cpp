#include "readers/form_text_records.hpp"

#include <algorithm>
#include <vector>

#include "base/digest.hpp"
#include "base/escape.hpp"
#include "readers/yaml_patch.hpp"

namespace cosp {
namespace {

constexpr std::size_t kDigestLetters = 12;
constexpr std::string_view kHead =
    "# States of the texts in this folder and digests of what they were made from. Written by\n"
    "# `cosp texts`; not to be edited.\n";

bool is_digest(std::string_view word) {
  return word.size() == kDigestLetters && std::all_of(word.begin(), word.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t space = line.find(' ');
    words.push_back(line.substr(0, space));
    line.remove_prefix(space == std::string_view::npos ? line.size() : space + 1);
  }
  return words;
}

/// Ids are codes and numbers of provisions; whatever else one may hold is written in quotes.
std::string key_of(std::string_view id) {
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-' || c == '(' || c == ')' || c == '/';
  };
  const bool is_word = !id.empty() && id.front() != '-' && id.front() != '.' &&
                       std::all_of(id.begin(), id.end(), is_plain);
  return is_word ? std::string(id) : escape::backslashed(id);
}

}  // namespace

std::string text_digest(std::string_view text) {
  return sha256_hex(text).substr(0, kDigestLetters);
}

TextRecord record_of(std::string_view source, std::string_view text, bool is_reviewed) {
  return {is_reviewed, text_digest(source), is_reviewed ? text_digest(text) : std::string()};
}

std::optional<TextRecord> parse_text_record(std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  const bool is_reviewed = !words.empty() && words[0] == "reviewed";
  if (words.size() != (is_reviewed ? 3u : 2u) || (!is_reviewed && words[0] != "translated"))
    return std::nullopt;
  if (!is_digest(words[1]) || (is_reviewed && !is_digest(words[2]))) return std::nullopt;
  return TextRecord{is_reviewed, std::string(words[1]),
                    is_reviewed ? std::string(words[2]) : std::string()};
}

void read_text_records(const YamlFile& file, const YamlNode& root, TextRecords& records) {
  if (root.is_null()) return;
  if (!root.is_map()) {
    file.add(root, "expected a map of records, got " + describe_node(root));
    return;
  }
  for (const YamlNode::Entry& entry : root.entries) {
    auto record = parse_text_record(entry.value.scalar);
    if (record)
      records.insert_or_assign(entry.key, std::move(*record));
    else
      file.add(entry.line, entry.column,
               "expected translated or reviewed with digests of 12 letters for \"" + entry.key +
                   "\", got " + describe_node(entry.value));
  }
}

std::string write_text_records(const TextRecords& records) {
  std::string bytes(kHead);
  for (const auto& [id, record] : records)
    bytes += key_of(id) + ": " + (record.is_reviewed ? "reviewed " : "translated ") + record.of +
             (record.is_reviewed ? " " + record.reviewed : "") + "\n";
  return bytes;
}

TextState text_state(const TextRecord* record, std::string_view source, std::string_view text) {
  if (record == nullptr) return TextState::unrecorded;
  if (record->of != text_digest(source)) return TextState::stale;
  const bool is_reviewed = record->is_reviewed && record->reviewed == text_digest(text);
  return is_reviewed ? TextState::reviewed : TextState::translated;
}

}  // namespace cosp
