/// Options of the commands about forms: form, rules, tables, texts.
#include <array>

#include "apps/option_groups.hpp"

namespace cosp::apps {
namespace {

void add_form_id(CLI::App& command, const std::string& name, std::string& id) {
  command.add_option(name, id, "Form, or form/version")->required()->type_name("ID");
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
  words.reserve(kKinds.size());
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

CLI::App* add_texts_check(CLI::App& command, TextsOptions& options) {
  CLI::App* check =
      command.add_subcommand("check", "Texts by language and state, and what is to be mended");
  add_form_id(*check, "form", options.form);
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
  add_form_id(*to, "form", options.form);
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
  add_form_id(*record, "form", options.form);
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

}  // namespace

void add_form(CLI::App& app, FormOptions& options) {
  CLI::App* command = app.add_subcommand("form", "Look at forms");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* meaning, FormOptions::Act act, bool needs_id) {
    CLI::App* verb = command->add_subcommand(name, meaning);
    verb->callback([&options, act] { options.act = act; });
    if (needs_id) add_form_id(*verb, "id", options.id);
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
  CLI::App* test = add("test", "Hold every rule against its own examples", RulesOptions::Act::test);
  CLI::App* document =
      add("document", "All rules as a document (Markdown)", RulesOptions::Act::document);
  for (CLI::App* verb : {test, document})
    verb->add_option("--form", options.form, "Form, or form/version; else the only one")
        ->type_name("ID");
  add_language(*document, options.language, "Language of the document");
  test->footer("Example:\n  cosp rules test");
  CLI::App* impact =
      add("impact", "What a changed rule set says of submissions, beside the old one",
          RulesOptions::Act::impact);
  impact->add_option("before", options.before, "Data folder with the rules as they were")
      ->required()
      ->type_name("DIR");
  impact->add_option("after", options.after, "Data folder with the changed rules")
      ->required()
      ->type_name("DIR");
  impact->add_option("paths", options.paths, "Submissions, files or folders")
      ->required()
      ->type_name("PATH");
  impact->add_option("--cycle", options.cycle, "The cycle file; else cycle.yaml beside the files")
      ->type_name("FILE");
  impact->footer(
      "Example:\n  cosp rules impact released changed submissions\n\n"
      "Ends with 0 when both say the same, else with 1.");
  document->footer("Example:\n  cosp rules document --lang fr");
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

}  // namespace cosp::apps
