/// What the command line asks for, parsed and checked for form. One struct per command; CLI11 is
/// named in option_groups.hpp only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/kinds.hpp"
#include "service/form_exports.hpp"

namespace cosp::apps {

/// Given before or after any command.
struct CommonOptions {
  std::optional<std::filesystem::path> data;
};

struct ValidateOptions {
  std::vector<std::filesystem::path> paths;
  std::optional<std::filesystem::path> cycle;
  std::optional<Stage> stage;
  std::vector<std::filesystem::path> previous;
  std::string language;  ///< empty: the source language of the form
  enum class As { text, json, sarif, junit, csv, html };
  As as = As::text;
  std::optional<std::filesystem::path> output;
  unsigned jobs = 0;
};

struct CompileOptions {
  std::vector<std::filesystem::path> paths;  ///< empty in `compile --store`
  std::filesystem::path output;
  std::optional<std::filesystem::path> cycle;
  std::vector<std::string> languages;  ///< empty: all of the form
  std::vector<std::string> only;       ///< ids of products; empty: all
};

struct ExplainOptions {
  std::string id;
  std::filesystem::path from;
};

struct FormOptions {
  enum class Act { list, show, lint, schema, workbook, export_, diff };
  Act act = Act::list;
  std::string id;  ///< "id" (newest version) or "id/version"
  std::string language;
  bool with_provisions = false;  ///< lint: tell each provision not verified, not their number only
  // diff
  enum class DiffAs { text, json, map };
  std::string later;  ///< the other release
  DiffAs diff_as = DiffAs::text;
  FormExport as = FormExport::json_schema;  ///< export
  std::filesystem::path output;             ///< export, workbook
  // workbook
  std::optional<std::filesystem::path> cycle, previous, from;
  std::string state;
  std::vector<std::string> chapters;  ///< empty: all that are asked
  std::string office;
};

/// `form workbook` and `form export`.
struct FormFileOptions {
  FormOptions form;
};

struct RulesOptions {
  enum class Act { list, show, checks, test, document, impact };
  Act act = Act::list;
  std::string rule;  ///< show
  std::string form;
  std::string language;
  bool as_json = false;
  // impact
  std::filesystem::path before, after;  ///< data folders
  std::vector<std::filesystem::path> paths;
  std::optional<std::filesystem::path> cycle;
};

struct TablesOptions {};  ///< `tables kinds`

struct TextsOptions {
  enum class Act { check, export_, import_, record };
  Act act = Act::check;
  std::string form;  ///< "id" (newest version) or "id/version"
  std::vector<std::string> languages;
  std::string language;  ///< export, record
  bool as_xliff = false;
  bool only_stale = false;
  std::filesystem::path file;  ///< export: to write; import: to read
  bool takes_stale = false;
  bool is_reviewed = false;
  std::vector<std::string> ids;  ///< record
};

struct ConvertOptions {
  std::filesystem::path from;
  std::filesystem::path to;
  std::string language;     ///< of a workbook's words and of findings; empty: the source language
  bool leaves_out = false;  ///< writes although not all could be read
};

struct MergeOptions {
  std::filesystem::path base;
  std::vector<std::filesystem::path> parts;
  std::filesystem::path output;
  std::string language;
  bool as_json = false;
};

struct MigrateOptions {
  std::filesystem::path from;
  std::filesystem::path to;
  std::string form;  ///< "id" (newest version) or "id/version"
  std::optional<std::filesystem::path> map;
  std::string language;
  bool leaves_out = false;  ///< writes although not all could be read
  bool as_json = false;
};

struct SampleOptions {
  std::uint32_t states = 12;
  std::uint64_t seed = 1;
  double fault_rate = 0;  ///< 0..1: share of the files that get faults
  std::filesystem::path output;
  std::string form;
  std::optional<std::filesystem::path> cycle;
};

struct ServeOptions {
  std::filesystem::path store;
  std::filesystem::path cycle;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
};

struct TokenOptions {
  enum class Act { create, revoke, list };
  Act act = Act::create;
  std::filesystem::path store;
  std::string state;  ///< create
  std::string token;  ///< revoke: the token or its id
};

/// `compile --store`.
struct CompileStoreOptions {
  std::filesystem::path store;
  CompileOptions compile;
};

struct VersionOptions {};

using Command = std::variant<ValidateOptions, ExplainOptions, FormOptions, RulesOptions,
                             TablesOptions, TextsOptions, SampleOptions, VersionOptions>;

/// What writes documents or opens a store; see full_commands.hpp.
using FullCommand =
    std::variant<CompileOptions, CompileStoreOptions, FormFileOptions, ConvertOptions, MergeOptions,
                 MigrateOptions, ServeOptions, TokenOptions>;

struct ParsedOptions {
  CommonOptions common;
  /// Nothing: `exit_code` is the answer (help was shown, or usage was wrong).
  std::optional<std::variant<Command, FullCommand>> command;
  int exit_code = 0;  ///< 0 or 2
};

/// Parses the command line; prints help to standard output and faults of usage to standard error.
ParsedOptions parse_options(int argument_count, const char* const* arguments);

}  // namespace cosp::apps
