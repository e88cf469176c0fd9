#include "apps/option_groups.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iostream>
#include <map>
#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace cosp::apps {

void add_language(CLI::App& command, std::string& language, const char* meaning) {
  command.add_option("--lang", language, meaning)->type_name("TAG");
}

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

namespace {

constexpr int kUsage = 2;

/// The commands being parsed; the one whose sub-command was given becomes the result.
struct Targets {
  ValidateOptions validate;
  CompileStoreOptions compile;
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
  add_words(*command, "--format", "How to write it; text unless told",
            {"text", "json", "sarif", "junit", "csv", "html"}, [&options](const std::string& word) {
              using As = ValidateOptions::As;
              const std::map<std::string, As> kKinds = {{"json", As::json},
                                                        {"sarif", As::sarif},
                                                        {"junit", As::junit},
                                                        {"csv", As::csv},
                                                        {"html", As::html}};
              const auto found = kKinds.find(word);
              options.as = found == kKinds.end() ? As::text : found->second;
            });
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

void add_compile(CLI::App& app, CompileStoreOptions& target) {
  CompileOptions& options = target.compile;
  CLI::App* command =
      app.add_subcommand("compile", "Make the documents of a cycle from its final submissions");
  auto* paths = command->add_option("paths", options.paths, "Files, or folders of *.json files")
                    ->type_name("PATH");
  auto* store = command->add_option("--store", target.store, "Compile what this store has received")
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

std::variant<Command, FullCommand> chosen(const CLI::App& app, Targets& targets) {
  const std::string name = app.get_subcommands().front()->get_name();
  if (name == "validate") return Command(std::move(targets.validate));
  if (name == "compile") {
    if (targets.compile.store.empty()) return FullCommand(std::move(targets.compile.compile));
    return FullCommand(std::move(targets.compile));
  }
  if (name == "explain") return Command(std::move(targets.explain));
  if (name == "form") {
    const bool writes_file = targets.form.act == FormOptions::Act::workbook ||
                             targets.form.act == FormOptions::Act::export_;
    if (writes_file) return FullCommand(FormFileOptions{std::move(targets.form)});
    return Command(std::move(targets.form));
  }
  if (name == "rules") return Command(std::move(targets.rules));
  if (name == "tables") return Command(TablesOptions{});
  if (name == "texts") return Command(std::move(targets.texts));
  if (name == "convert") return FullCommand(std::move(targets.convert));
  if (name == "merge") return FullCommand(std::move(targets.merge));
  if (name == "migrate") return FullCommand(std::move(targets.migrate));
  if (name == "sample") return Command(std::move(targets.sample));
  if (name == "serve") return FullCommand(std::move(targets.serve));
  if (name == "token") return FullCommand(std::move(targets.token));
  return Command(VersionOptions{});
}

/// Of a command that is named first only its own options are declared, which saves a tenth of the
/// time in which it starts; else those of all.
void declare_commands(CLI::App& app, Targets& targets, std::string_view first) {
  using Declare = void (*)(CLI::App&, Targets&);
  constexpr std::array<std::pair<std::string_view, Declare>, 14> kCommands = {{
      {"validate", [](CLI::App& to, Targets& t) { add_validate(to, t.validate); }},
      {"compile", [](CLI::App& to, Targets& t) { add_compile(to, t.compile); }},
      {"explain", [](CLI::App& to, Targets& t) { add_explain(to, t.explain); }},
      {"form", [](CLI::App& to, Targets& t) { add_form(to, t.form); }},
      {"rules", [](CLI::App& to, Targets& t) { add_rules(to, t.rules); }},
      {"tables", [](CLI::App& to, Targets&) { add_tables(to); }},
      {"texts", [](CLI::App& to, Targets& t) { add_texts(to, t.texts); }},
      {"convert", [](CLI::App& to, Targets& t) { add_convert(to, t.convert); }},
      {"merge", [](CLI::App& to, Targets& t) { add_merge(to, t.merge); }},
      {"migrate", [](CLI::App& to, Targets& t) { add_migrate(to, t.migrate); }},
      {"sample", [](CLI::App& to, Targets& t) { add_sample(to, t.sample); }},
      {"serve", [](CLI::App& to, Targets& t) { add_serve(to, t); }},
      {"token", [](CLI::App& to, Targets& t) { add_token(to, t.token); }},
      {"version",
       [](CLI::App& to, Targets&) {
         to.add_subcommand("version", "Version of the program, and the forms it finds")
             ->footer("Example:\n  cosp version");
       }},
  }};
  const auto named =
      std::ranges::find(kCommands, first, &std::pair<std::string_view, Declare>::first);
  if (named != kCommands.end()) return named->second(app, targets);
  for (const auto& [name, declare] : kCommands) declare(app, targets);
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
  declare_commands(app, targets, argument_count > 1 ? arguments[1] : "");
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
