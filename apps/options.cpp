#include "apps/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <functional>
#include <iostream>

#include "base/text.hpp"

namespace cosp::apps {
namespace {

constexpr int kUsage = 2;

/// The commands being parsed; the one whose sub-command was given becomes the result.
struct Targets {
  ValidateOptions validate;
  CompileOptions compile;
  ExplainOptions explain;
  FormOptions form;
  RulesOptions rules;
  TextsOptions texts;
  ConvertOptions convert;
  MergeOptions merge;
  MigrateOptions migrate;
  SampleOptions sample;
  ServeOptions serve;
  TokenOptions token;
  std::string listen = "127.0.0.1:8080";
};

void add_language(CLI::App& command, std::string& language, const char* meaning) {
  command.add_option("--lang", language, meaning)->type_name("TAG");
}

/// One of some words, set through `take`; help shows the words and nothing of how they are kept.
void add_words(CLI::App& command, const char* name, const char* meaning,
               const std::vector<std::string>& words,
               const std::function<void(const std::string&)>& take) {
  command.add_option_function<std::string>(name, take, meaning)
      ->type_name(CLI::detail::join(words, "|"))
      ->check(CLI::Validator(
          [words](const std::string& given) {
            const bool is_known = std::find(words.begin(), words.end(), given) != words.end();
            return is_known
                       ? std::string()
                       : "expected " + CLI::detail::join(words, " or ") + ", got \"" + given + "\"";
          },
          ""));
}

void add_format(CLI::App& command, bool& as_json) {
  add_words(command, "--format", "How to write it; text unless told", {"text", "json"},
            [&as_json](const std::string& word) { as_json = word == "json"; });
}

void add_validate(CLI::App& app, ValidateOptions& options) {
  CLI::App* command = app.add_subcommand("validate", "Check submissions and say what came of each");
  command->add_option("paths", options.paths, "Files, or folders of *.json files")
      ->required()
      ->type_name("PATH");
  command->add_option("--cycle", options.cycle, "The cycle file; else cycle.yaml beside the files")
      ->type_name("FILE");
  add_words(*command, "--stage", "Check as this, whatever the file says", {"draft", "final"},
            [&options](const std::string& word) { options.stage = parse_stage(word); });
  command
      ->add_option("--previous", options.previous, "Submissions of the last cycle, to compare with")
      ->type_name("PATH")
      ->expected(1)
      ->take_all();
  add_language(*command, options.language, "Language of the findings");
  add_format(*command, options.as_json);
  command->add_option("--output", options.output, "Write the report to a file")->type_name("FILE");
  command
      ->add_option("--jobs", options.jobs,
                   "Files checked at the same time, at most 256; 0: one per core")
      ->check(CLI::Range(0u, 256u).description(""))
      ->type_name("N");
  command->footer(
      "Examples:\n"
      "  cosp validate samples/QMA.json\n"
      "  cosp validate samples --stage final --lang ar\n"
      "  cosp validate answers.json --cycle cycle.yaml --format json --output findings.json\n\n"
      "Ends with 0 when nothing is left to do, 1 when there is a blocker or an unexplained error,\n"
      "3 when a file could not be read. Of several files, the highest.");
}

void add_compile(CLI::App& app, CompileOptions& options) {
  CLI::App* command =
      app.add_subcommand("compile", "Make the documents of a cycle from its final submissions");
  auto* paths = command->add_option("paths", options.paths, "Files, or folders of *.json files")
                    ->type_name("PATH");
  auto* store =
      command->add_option("--store", options.store, "Compile what this store has received")
          ->type_name("FILE");
  paths->excludes(store);
  command
      ->add_option("--output", options.output,
                   "Folder to write; replaced only if it was written by compile")
      ->required()
      ->type_name("DIR");
  command->add_option("--cycle", options.cycle, "The cycle file; else cycle.yaml beside the files")
      ->type_name("FILE");
  command->add_option("--lang", options.languages, "Languages, all of the form unless told")
      ->delimiter(',')
      ->type_name("TAG,...");
  command->add_option("--only", options.only, "Products to make, all unless told")
      ->delimiter(',')
      ->type_name("ID,...");
  command->footer(
      "Examples:\n"
      "  cosp compile samples --output documents\n"
      "  cosp compile --store cosp.sqlite --cycle cycle.yaml --output documents --lang en,ar\n\n"
      "Writes public/ (what may be published), secretariat/ and manifest.json.");
  command->callback([paths, store] {
    if (paths->count() == 0 && store->count() == 0) throw CLI::RequiredError("paths or --store");
  });
}

void add_explain(CLI::App& app, ExplainOptions& options) {
  CLI::App* command =
      app.add_subcommand("explain", "Go from a published figure to the answers behind it");
  command->add_option("id", options.id, "Id of the figure: table/row/column")
      ->required()
      ->type_name("ID");
  command
      ->add_option("--from", options.from,
                   "A folder written by compile: its public or secretariat part")
      ->required()
      ->type_name("DIR");
  command->footer("Example:\n  cosp explain TABLE/ROW/COLUMN --from documents/public");
}

void add_form_workbook(CLI::App& command, FormOptions& options) {
  command.add_option("--output", options.output, "The workbook to write (xlsx)")
      ->required()
      ->type_name("FILE");
  auto* cycle = command.add_option("--cycle", options.cycle, "The cycle file")->type_name("FILE");
  auto* state =
      command.add_option("--state", options.state, "Code of the State, to fill in what is known")
          ->type_name("CODE")
          ->needs(cycle);
  auto* previous =
      command.add_option("--previous", options.previous, "Its last submission, to carry over")
          ->type_name("FILE")
          ->needs(state);
  command.add_option("--from", options.from, "A submission to show, as it is")
      ->type_name("FILE")
      ->excludes(state)
      ->excludes(previous);
  command.add_option("--chapters", options.chapters, "Only these; all that are asked unless told")
      ->delimiter(',')
      ->type_name("CODE,...");
  command
      .add_option("--for", options.office,
                  "Whose part it is: answers of others that are not public stay out")
      ->type_name("NAME");
  command.footer(
      "Examples:\n"
      "  cosp form workbook FORM --lang ar --output questionnaire.xlsx\n"
      "  cosp form workbook FORM --cycle cycle.yaml --state QMA --previous last.json --output "
      "QMA.xlsx\n"
      "  cosp form workbook FORM --from QMA.json --chapters II --for \"Ministry of Justice\" "
      "--output part.xlsx");
}

void add_form_export(CLI::App& command, FormOptions& options) {
  constexpr std::array kKinds = {
      std::pair("json-schema", FormExport::json_schema), std::pair("xlsform", FormExport::xlsform),
      std::pair("print", FormExport::print), std::pair("csv", FormExport::csv)};
  std::vector<std::string> words;
  for (const auto& kind : kKinds) words.emplace_back(kind.first);
  add_words(command, "--as", "What to write", words, [&options, kKinds](const std::string& word) {
    for (const auto& [name, kind] : kKinds)
      if (word == name) options.as = kind;
  });
  command.get_option("--as")->required();
  command.add_option("--output", options.output, "The file to write")
      ->required()
      ->type_name("FILE");
  command.footer(
      "Examples:\n"
      "  cosp form export FORM --as csv --output dictionary.csv\n"
      "  cosp form export FORM --as print --lang ar --output questionnaire.html\n"
      "  cosp form export FORM --as xlsform --lang fr --output questionnaire.xlsx\n"
      "  cosp form export FORM --as json-schema --output submission.schema.json\n\n"
      "json-schema: of submissions (2020-12). xlsform: for ODK, KoboToolbox and the like (xlsx). "
      "print: to fill in by hand (HTML).\ncsv: a dictionary of all questions and columns. xlsform "
      "and csv hold every language of the form; --lang says which comes first.");
}

void add_form_diff(CLI::App& command, FormOptions& options) {
  command.add_option("earlier", options.id, "Earlier release: form/version")
      ->required()
      ->type_name("A");
  command.add_option("later", options.later, "Later release: form/version")
      ->required()
      ->type_name("B");
  add_words(command, "--format", "How to write it; text unless told", {"text", "json", "map"},
            [&options](const std::string& word) {
              options.diff_as = word == "json"  ? FormOptions::DiffAs::json
                                : word == "map" ? FormOptions::DiffAs::map
                                                : FormOptions::DiffAs::text;
            });
  command.footer(
      "Examples:\n"
      "  cosp form diff FORM/1.1.0 FORM/1.2.0\n"
      "  cosp form diff FORM/1.1.0 FORM/1.2.0 --lang ar --format json\n"
      "  cosp form diff FORM/1.1.0 FORM/1.2.0 --format map > 1.1.0-to-1.2.0.yaml\n\n"
      "Texts are compared in the source language, and with --lang in another one too. A map says\n"
      "what becomes of earlier answers; renames in it are guesses that someone has to confirm.");
}

void add_form(CLI::App& app, FormOptions& options) {
  CLI::App* command = app.add_subcommand("form", "Look at forms");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* meaning, FormOptions::Act act, bool needs_id) {
    CLI::App* verb = command->add_subcommand(name, meaning);
    verb->callback([&options, act] { options.act = act; });
    if (needs_id)
      verb->add_option("id", options.id, "Form, or form/version")->required()->type_name("ID");
    add_language(*verb, options.language, "Language of the texts");
    return verb;
  };
  add("list", "Forms found, their versions, status and languages", FormOptions::Act::list, false)
      ->footer("Example:\n  cosp form list --data more");
  add("show", "Every question with its conditions, as an outline", FormOptions::Act::show, true)
      ->footer("Example:\n  cosp form show FORM --lang ar");
  CLI::App* lint =
      add("lint", "Every mistake in the declarations of a form", FormOptions::Act::lint, true);
  lint->add_flag("--provisions", options.with_provisions,
                 "List the provisions not verified against the authentic texts");
  lint->footer(
      "Example:\n  cosp form lint FORM --provisions\n\n"
      "Ends with 1 when there is a mistake. Also tells how many provisions were not verified "
      "against "
      "the authentic texts, and which texts a language lacks.");
  add("schema", "JSON Schema (2020-12) of a submission", FormOptions::Act::schema, true)
      ->footer("Example:\n  cosp form schema FORM > submission.schema.json");
  CLI::App* workbook = add("workbook", "The questionnaire as a workbook to be filled in",
                           FormOptions::Act::workbook, true);
  add_form_workbook(*workbook, options);
  CLI::App* exported = add("export", "The form in the ways of other programs, or on paper",
                           FormOptions::Act::export_, true);
  add_form_export(*exported, options);
  add_form_diff(*add("diff", "What changed between two releases, and what becomes of answers",
                     FormOptions::Act::diff, false),
                options);
}

void add_rules(CLI::App& app, RulesOptions& options) {
  CLI::App* command = app.add_subcommand("rules", "Look at the rules of substance");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* meaning, RulesOptions::Act act) {
    CLI::App* verb = command->add_subcommand(name, meaning);
    verb->callback([&options, act] { options.act = act; });
    return verb;
  };
  CLI::App* list = add("list", "All rules: id, severity, stage, whom they bind, provisions",
                       RulesOptions::Act::list);
  CLI::App* show = add("show", "One rule with its texts and examples", RulesOptions::Act::show);
  add("checks", "What rules can call beside conditions", RulesOptions::Act::checks)
      ->footer("Example:\n  cosp rules checks");
  show->add_option("rule", options.rule, "Id of the rule")->required()->type_name("ID");
  for (CLI::App* verb : {list, show}) {
    verb->add_option("--form", options.form, "Form, or form/version; else the only one")
        ->type_name("ID");
    add_format(*verb, options.as_json);
    add_language(*verb, options.language, "Language of the texts");
  }
  list->footer("Example:\n  cosp rules list --format json");
  show->footer("Example:\n  cosp rules show RULE --lang en");
}

void add_tables(CLI::App& app) {
  CLI::App* command = app.add_subcommand("tables", "Look at the kinds of tables");
  command->require_subcommand(1);
  command->add_subcommand("kinds", "The kinds that declarations may name, and their parameters")
      ->footer("Example:\n  cosp tables kinds");
}

CLI::App* add_texts_check(CLI::App& command, TextsOptions& options) {
  CLI::App* check =
      command.add_subcommand("check", "Texts by language and state, and what is to be mended");
  check->add_option("form", options.form, "Form, or form/version")->required()->type_name("ID");
  check
      ->add_option("--lang", options.languages,
                   "Languages; else all that are declared or have texts")
      ->delimiter(',')
      ->type_name("TAG,...");
  check->footer(
      "Examples:\n"
      "  cosp texts check FORM\n"
      "  cosp texts check FORM --lang ar,fr\n\n"
      "Ends with 1 when something must be mended. Notices alone end with 0.");
  return check;
}

CLI::App* add_texts_export(CLI::App& command, TextsOptions& options) {
  CLI::App* to = command.add_subcommand("export", "Write the texts for a translator's program");
  to->add_option("form", options.form, "Form, or form/version")->required()->type_name("ID");
  to->add_option("--lang", options.language, "Language to translate into")
      ->required()
      ->type_name("TAG");
  add_words(*to, "--as", "How to write them; po unless told", {"po", "xliff"},
            [&options](const std::string& word) { options.as_xliff = word == "xliff"; });
  add_words(*to, "--only", "Which; all unless told. stale: those missing too", {"stale", "all"},
            [&options](const std::string& word) { options.only_stale = word == "stale"; });
  to->add_option("--output", options.file, "File to write")->required()->type_name("FILE");
  to->footer(
      "Examples:\n"
      "  cosp texts export FORM --lang fr --output fr.po\n"
      "  cosp texts export FORM --lang fr --as xliff --only stale --output fr.xlf");
  return to;
}

CLI::App* add_texts_import(CLI::App& command, TextsOptions& options) {
  CLI::App* from = command.add_subcommand("import", "Take a translator's file over, whole or not");
  from->add_option("file", options.file, "PO or XLIFF 2.0")->required()->type_name("FILE");
  from->add_option("--form", options.form, "Form, or form/version; else the only one")
      ->type_name("ID");
  from->footer(
      "Example:\n  cosp texts import fr.po --form FORM\n\n"
      "With any mistake in the file nothing is written, and it ends with 1.");
  return from;
}

CLI::App* add_texts_record(CLI::App& command, TextsOptions& options) {
  CLI::App* record =
      command.add_subcommand("record", "Note that texts were made from the source as it is now");
  record->add_option("form", options.form, "Form, or form/version")->required()->type_name("ID");
  record->add_option("--lang", options.language, "Language of the texts")
      ->required()
      ->type_name("TAG");
  record->add_option("--texts", options.ids, "Only these ids, and what lies under them")
      ->delimiter(',')
      ->type_name("ID,...");
  record->add_flag("--stale", options.takes_stale, "Stale texts too: they have been mended");
  record->add_flag("--reviewed", options.is_reviewed, "As reviewed, by someone who has read them");
  record->footer(
      "Examples:\n"
      "  cosp texts record FORM --lang fr\n"
      "  cosp texts record FORM --lang fr --stale --texts list.challenge\n"
      "  cosp texts record FORM --lang fr --reviewed --texts chapter,block");
  return record;
}

void add_texts(CLI::App& app, TextsOptions& options) {
  CLI::App* command = app.add_subcommand("texts", "Work on translations");
  command->require_subcommand(1);
  const auto set = [&options](TextsOptions::Act act) {
    return [&options, act] { options.act = act; };
  };
  add_texts_check(*command, options)->callback(set(TextsOptions::Act::check));
  add_texts_export(*command, options)->callback(set(TextsOptions::Act::export_));
  add_texts_import(*command, options)->callback(set(TextsOptions::Act::import_));
  add_texts_record(*command, options)->callback(set(TextsOptions::Act::record));
}

void add_convert(CLI::App& app, ConvertOptions& options) {
  CLI::App* command =
      app.add_subcommand("convert", "Write a submission as another kind of file, without loss");
  command->add_option("from", options.from, "A submission: *.json, *.xlsx or *.ods")
      ->required()
      ->type_name("IN");
  command->add_option("to", options.to, "What to write: *.json or *.xlsx")
      ->required()
      ->type_name("OUT");
  add_language(*command, options.language, "Language of a workbook's own words, and of findings");
  command->add_flag("--leave-out", options.leaves_out,
                    "Write although not all could be read; what could not is left out");
  command->footer(
      "Examples:\n"
      "  cosp convert answers.json answers.xlsx --lang fr\n"
      "  cosp convert answers.ods answers.json");
}

void add_merge(CLI::App& app, MergeOptions& options) {
  CLI::App* command =
      app.add_subcommand("merge", "Put together what several offices changed in their copies");
  command->add_option("--base", options.base, "What they all started from")
      ->required()
      ->type_name("FILE");
  command->add_option("parts", options.parts, "Their files: *.json, *.xlsx or *.ods")
      ->required()
      ->type_name("PART");
  command->add_option("--output", options.output, "What to write: *.json or *.xlsx")
      ->required()
      ->type_name("FILE");
  add_language(*command, options.language, "Language of a workbook's own words");
  add_format(*command, options.as_json);
  command->footer(
      "What does not conflict is merged. At a conflict the base's value is kept, and both values "
      "are\n"
      "listed with their files, cells and authors; the exit code is then 1.\n\n"
      "Examples:\n"
      "  cosp merge --base sent.xlsx justice.xlsx interior.xlsx --output whole.xlsx\n"
      "  cosp merge --base r1.json r2a.json r2b.json --output r3.json --format json");
}

void add_migrate(CLI::App& app, MigrateOptions& options) {
  CLI::App* command =
      app.add_subcommand("migrate", "Bring a submission over to a later release of its form");
  command->add_option("in", options.from, "A submission: *.json, *.xlsx or *.ods")
      ->required()
      ->type_name("IN");
  command->add_option("out", options.to, "What to write: *.json or *.xlsx")
      ->required()
      ->type_name("OUT");
  command->add_option("--to", options.form, "The later release: form, or form/version")
      ->required()
      ->type_name("FORM");
  command->add_option("--map", options.map, "What became of which code; else equal codes")
      ->type_name("FILE");
  add_language(*command, options.language, "Language of a workbook's own words");
  add_format(*command, options.as_json);
  command->add_flag("--leave-out", options.leaves_out,
                    "Write although not all could be read; what could not is left out");
  command->footer(
      "All that could not be carried over is listed with its value; the exit code is then 1.\n"
      "`cosp form diff A B --format map` writes a map to begin with.\n\n"
      "Examples:\n"
      "  cosp migrate old.json new.json --to FORM --map map.yaml\n"
      "  cosp migrate old.xlsx new.xlsx --to FORM/1.2.0 --format json");
}

void add_sample(CLI::App& app, SampleOptions& options) {
  CLI::App* command = app.add_subcommand("sample", "Make submissions of invented States");
  command->add_option("--states", options.states, "How many, at most 2000")
      ->check(CLI::Range(1u, 2000u).description(""))
      ->type_name("N");
  command->add_option("--seed", options.seed, "Same seed, same files")->type_name("S");
  command->add_option("--faults", options.fault_rate, "Share of the files that get faults, 0 to 1")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->type_name("RATE");
  command
      ->add_option("--output", options.output,
                   "Folder to write: one CODE.json per State, and cycle.yaml")
      ->required()
      ->type_name("DIR");
  command->add_option("--form", options.form, "Form, or form/version; else the only one")
      ->type_name("ID");
  command->add_option("--cycle", options.cycle, "Cycle to answer; else one is made")
      ->type_name("FILE");
  command->footer("Example:\n  cosp sample --states 193 --seed 7 --faults 0.3 --output made");
}

void add_serve(CLI::App& app, Targets& targets) {
  CLI::App* command = app.add_subcommand("serve", "Receive submissions over HTTP");
  command->add_option("--store", targets.serve.store, "SQLite file; made when it does not exist")
      ->required()
      ->type_name("FILE");
  command->add_option("--cycle", targets.serve.cycle, "The cycle file")
      ->required()
      ->type_name("FILE");
  command->add_option("--listen", targets.listen, "Where to listen; port 0 takes a free one")
      ->type_name("ADDRESS:PORT")
      ->capture_default_str();
  command->footer(
      "Example:\n  cosp serve --store cosp.sqlite --cycle samples/cycle.yaml --listen "
      "127.0.0.1:8080");
  command->callback([&targets] {
    const std::size_t colon = targets.listen.rfind(':');
    unsigned port = 0;
    if (colon == std::string::npos ||
        !CLI::detail::lexical_cast(targets.listen.substr(colon + 1), port) || port > 65535)
      throw CLI::ValidationError("--listen",
                                 "expected ADDRESS:PORT, got \"" + targets.listen + "\"");
    targets.serve.address = targets.listen.substr(0, colon);
    targets.serve.port = static_cast<std::uint16_t>(port);
  });
}

void add_token(CLI::App& app, TokenOptions& options) {
  CLI::App* command =
      app.add_subcommand("token", "Give States the right to upload, and take it back");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* meaning, TokenOptions::Act act,
                       const char* example) {
    CLI::App* verb = command->add_subcommand(name, meaning);
    verb->callback([&options, act] { options.act = act; });
    verb->footer(std::string("Example:\n  cosp token ") + name + " --store cosp.sqlite" + example);
    verb->add_option("--store", options.store, "The store's file")->required()->type_name("FILE");
    return verb;
  };
  add("create", "Make a token bound to one State and print it, once", TokenOptions::Act::create,
      " --state QMA")
      ->add_option("--state", options.state, "Code of the State")
      ->required()
      ->type_name("CODE");
  add("revoke", "Make a token invalid from now on", TokenOptions::Act::revoke, " ID")
      ->add_option("token", options.token, "The token, or its id")
      ->required()
      ->type_name("TOKEN");
  add("list", "Ids of the tokens, their States and dates", TokenOptions::Act::list, "");
}

Command chosen(const CLI::App& app, Targets& targets) {
  const std::string name = app.get_subcommands().front()->get_name();
  if (name == "validate") return std::move(targets.validate);
  if (name == "compile") return std::move(targets.compile);
  if (name == "explain") return std::move(targets.explain);
  if (name == "form") return std::move(targets.form);
  if (name == "rules") return std::move(targets.rules);
  if (name == "tables") return TablesOptions{};
  if (name == "texts") return std::move(targets.texts);
  if (name == "convert") return std::move(targets.convert);
  if (name == "merge") return std::move(targets.merge);
  if (name == "migrate") return std::move(targets.migrate);
  if (name == "sample") return std::move(targets.sample);
  if (name == "serve") return std::move(targets.serve);
  if (name == "token") return std::move(targets.token);
  return VersionOptions{};
}

/// A message when the first word is no command; CLI11 would say only that one is required.
std::string unknown_command(const CLI::App& app, int argument_count, const char* const* arguments) {
  if (argument_count < 2 || arguments[1][0] == '-') return {};
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (std::find(names.begin(), names.end(), arguments[1]) != names.end()) return {};
  const auto near = nearest(arguments[1], known);
  return "cosp: unknown command \"" + mask_controls(arguments[1]) + "\"" +
         (near ? "; did you mean \"" + std::string(*near) + "\"?" : "; `cosp --help` lists them") +
         "\n";
}

}  // namespace

ParsedOptions parse_options(int argument_count, const char* const* arguments) {
  ParsedOptions parsed;
  Targets targets;
  CLI::App app("Reporting toolkit of a Conference of the States Parties", "cosp");
  app.require_subcommand(1);
  app.fallthrough();
  app.option_defaults()->always_capture_default(false);
  app.add_option("--data", parsed.common.data,
                 "Folder with forms, data or templates, searched before the program's own")
      ->type_name("DIR");
  add_validate(app, targets.validate);
  add_compile(app, targets.compile);
  add_explain(app, targets.explain);
  add_form(app, targets.form);
  add_rules(app, targets.rules);
  add_tables(app);
  add_texts(app, targets.texts);
  add_convert(app, targets.convert);
  add_merge(app, targets.merge);
  add_migrate(app, targets.migrate);
  add_sample(app, targets.sample);
  add_serve(app, targets);
  add_token(app, targets.token);
  app.add_subcommand("version", "Version of the program, and the forms it finds")
      ->footer("Example:\n  cosp version");
  app.footer(
      "Exit codes: 0 done, 1 a blocker or an unexplained error was found, 2 usage, 3 unreadable "
      "input, 4 system.\n"
      "`cosp COMMAND --help` shows examples.");
  if (const std::string unknown = unknown_command(app, argument_count, arguments);
      !unknown.empty()) {
    std::cerr << unknown;
    parsed.exit_code = kUsage;
    return parsed;
  }
  try {
    app.parse(argument_count, arguments);
    parsed.command = chosen(app, targets);
  } catch (const CLI::CallForHelp& help) {
    app.exit(help, std::cout, std::cerr);
  } catch (const CLI::ParseError& fault) {
    app.exit(fault, std::cout, std::cerr);
    parsed.exit_code = kUsage;
  }
  return parsed;
}

}  // namespace cosp::apps
