/// The options of commands, declared in groups to the parser; options.cpp puts them together. The
/// only header that names CLI11.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "apps/options.hpp"

namespace cosp::apps {

void add_language(CLI::App& command, std::string& language, const char* meaning);
/// One of some words, set through `take`; help shows the words and nothing of how they are kept.
void add_words(CLI::App& command, const char* name, const char* meaning,
               const std::vector<std::string>& words,
               const std::function<void(const std::string&)>& take);
/// `--format text|json`.
void add_format(CLI::App& command, bool& as_json);

// Commands about forms.
void add_form(CLI::App& app, FormOptions& options);
void add_rules(CLI::App& app, RulesOptions& options);
void add_tables(CLI::App& app);
void add_texts(CLI::App& app, TextsOptions& options);

}  // namespace cosp::apps
