#include "generator/explain.hpp"

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "base/escape.hpp"

namespace cosp::apps {
namespace {

std::string head(const FigureExplanation& figure) {
  std::string text =
      fmt::format("{}\n  {}\n  {}\n  {}\n", figure.id, figure.table, figure.row, figure.column);
  text += figure.is_suppressed
              ? "  value: suppressed, since it could point to single States\n"
              : fmt::format("  value: {}\n", figure.value.empty() ? "none" : figure.value);
  if (figure.denominator)
    text += fmt::format("  of: {} ({})\n", *figure.denominator, figure.denominator_kind);
  text += fmt::format("  cut-off: {}; set: {}\n", figure.cut_off, figure.audience);
  if (figure.is_test_data) text += "  made-up data on invented States\n";
  return text;
}

}  // namespace

int run(const ExplainOptions& options, Workspace&) {
  const auto figure = explain(options.from, options.id);
  if (!figure) return fail(figure.error());
  std::string text = head(*figure);
  for (const AnswerBehind& behind : figure->answers) {
    text += fmt::format("  {} {}: {} = {}", behind.state, escape::terminal(behind.name),
                        behind.question, escape::terminal(behind.answer));
    if (!behind.shared_row.empty())
      text += fmt::format(", from row {} of {}", escape::terminal(behind.shared_row),
                          behind.shared_register);
    if (!behind.file.empty())
      text += behind.digest.empty() ? fmt::format("  ({})", behind.file)
                                    : fmt::format("  ({}, sha256 {})", behind.file, behind.digest);
    text += "\n";
  }
  if (figure->unnamed > 0)
    text += fmt::format("  and {} more that count here and are not named in this set\n",
                        figure->unnamed);
  return print(text);
}

}  // namespace cosp::apps
