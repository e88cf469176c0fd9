/// What is known of a translation beside its words: the record of a folder of texts.
///
/// `texts/<lang>/record.yaml` has one line for each text, `<id>: <state> <of>`, sorted by id. `of`
/// is the start of the SHA-256 of the source text that was translated; a reviewed text has a second
/// digest, of the translation as it was reviewed, so that a later change by hand undoes the review.
/// The file is written by the tool.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "model/form.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {

inline constexpr std::string_view kTextRecordFile = "record.yaml";

struct TextRecord {
  bool is_reviewed = false;
  std::string of;        ///< digest of the source text
  std::string reviewed;  ///< digest of the translation that was reviewed; else empty
  friend bool operator==(const TextRecord&, const TextRecord&) = default;
};
using TextRecords = std::map<std::string, TextRecord, std::less<>>;  ///< by id

/// The first 12 hexadecimal characters of the SHA-256 of a text.
std::string text_digest(std::string_view text);

/// A record of a translation made, or reviewed, now.
TextRecord record_of(std::string_view source, std::string_view text, bool is_reviewed);

/// What a line says behind the id; nothing when it is no record.
std::optional<TextRecord> parse_text_record(std::string_view line);

/// Takes every record of a parsed file into `records`; what is no record is a mistake.
void read_text_records(const YamlFile& file, const YamlNode& root, TextRecords& records);

/// The bytes of the file.
std::string write_text_records(const TextRecords& records);

/// State of a translation; `record` may be null.
TextState text_state(const TextRecord* record, std::string_view source, std::string_view text);

}  // namespace cosp
