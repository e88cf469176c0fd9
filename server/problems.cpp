#include "server/problems.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

namespace cosp {
namespace {

constexpr std::array<Problem, 13> kProblems = {{
    {"bad-request", 400, "Bad Request"},
    {"unreadable", 400, "Bad Request"},
    {"token-missing", 401, "Unauthorized"},
    {"token-unknown", 401, "Unauthorized"},
    {"foreign-submitter", 403, "Forbidden"},
    {"not-found", 404, "Not Found"},
    {"method-not-allowed", 405, "Method Not Allowed"},
    {"length-required", 411, "Length Required"},
    {"too-large", 413, "Content Too Large"},
    {"media-type", 415, "Unsupported Media Type"},
    {"blocked", 422, "Unprocessable Content"},
    {"busy", 503, "Service Unavailable"},
    {"store-failed", 500, "Internal Server Error"},
}};

struct Words {
  std::string title, detail;
};

Words words_of(const Problem& problem, const Form& form, std::string_view language,
               const Arguments& arguments) {
  const std::uint32_t index = form.language(language);
  MessageFormatter formatter(form.language_tag(index));
  const auto phrase = [&](const std::string& id) {
    return formatter.format(form.text(id, index).value, arguments);
  };
  return {phrase(fmt::format("problem.{}.title", problem.code)),
          phrase(fmt::format("problem.{}.detail", problem.code))};
}

}  // namespace

const Problem& problem(ProblemCode code) { return kProblems[static_cast<std::size_t>(code)]; }

std::span<const Problem> problems() { return kProblems; }

std::string problem_json(ProblemCode code, const Form& form, std::string_view language,
                         const Arguments& arguments, std::string_view members) {
  const Problem& entry = problem(code);
  const Words words = words_of(entry, form, language, arguments);
  const nlohmann::ordered_json body = {{"type", fmt::format("urn:cosp:problem:{}", entry.code)},
                                       {"title", words.title},
                                       {"status", entry.status},
                                       {"detail", words.detail}};
  std::string text = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (!members.empty()) {
    text.pop_back();
    text.append(",").append(members).append("}");
  }
  return text + "\n";
}

std::string problem_text(ProblemCode code, const Form& form, std::string_view language,
                         const Arguments& arguments) {
  const Words words = words_of(problem(code), form, language, arguments);
  return fmt::format("{}\n{}\n", words.title, words.detail);
}

}  // namespace cosp
