#include "server/exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <istream>
#include <ostream>
#include <vector>

#include "base/language.hpp"
#include "service/submission_file.hpp"

namespace cosp {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kProblem = "application/problem+json";
constexpr std::string_view kText = "text/plain; charset=utf-8";
constexpr std::size_t kBodyStep = 256u << 10;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  });
  return result;
}

std::vector<std::string> values_of(const Poco::Net::HTTPServerRequest& request,
                                   std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : request)
    if (lower(key) == name) values.push_back(value);
  return values;
}

/// `text/plain` is named in Accept and JSON is not.
bool accepts_text(const std::string& accept) {
  const std::string wanted = lower(accept);
  return wanted.find("text/plain") != std::string::npos && wanted.find("json") == std::string::npos;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
}

/// A token of RFC 9110, which is what names of headers are.
bool is_token(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

/// The path of "/path?query" or "http://host/path?query".
std::string path_of(std::string_view uri) {
  if (const std::size_t scheme = uri.find("://");
      scheme != std::string_view::npos && !uri.starts_with('/')) {
    const std::size_t slash = uri.find('/', scheme + 3);
    uri = slash == std::string_view::npos ? "/" : uri.substr(slash);
  }
  return std::string(uri.substr(0, uri.find('?')));
}

Refusal bad_request(std::string fault) {
  return {ProblemCode::bad_request, {{"fault", std::move(fault)}}};
}

std::vector<std::string> languages_of(const Form& form) {
  std::vector<std::string> tags;
  for (const StringRef tag : form.tables().languages) tags.emplace_back(form.string(tag));
  return tags;
}

std::optional<std::uint64_t> parse_length(std::string_view text) {
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return length;
}

/// The arguments, a fault's id replaced by its text.
Arguments worded(const Refusal& refusal, const Form& form, std::string_view language) {
  Arguments arguments = refusal.arguments;
  for (auto& [name, value] : arguments)
    if (name == "fault")
      value = std::string(form.text(fmt::format("problem.fault.{}", std::get<std::string>(value)),
                                    form.language(language))
                              .value);
  return arguments;
}

void send(Poco::Net::HTTPServerResponse& response, int status, std::string_view reason,
          std::string_view media_type, const std::string& language, bool is_head_only,
          std::string_view body) {
  response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status),
                              std::string(reason));
  response.setContentType(std::string(media_type));
  response.setContentLength64(static_cast<Poco::Int64>(body.size()));
  response.set("Content-Language", language);
  response.set("Cache-Control", "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  std::ostream& out = response.send();
  if (!is_head_only) out.write(body.data(), static_cast<std::streamsize>(body.size()));
  out.flush();
}

}  // namespace

Exchange::Exchange(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response,
                   const Form& form)
    : request_(request), response_(response), form_(form) {
  path_ = path_of(request.getURI());
  const auto languages = languages_of(form);
  language_ =
      best_language(request.get("Accept-Language", ""), languages).value_or(languages.front());
  wants_text_ = accepts_text(request.get("Accept", ""));
}

std::optional<Refusal> Exchange::check_head() const {
  const std::string& version = request_.getVersion();
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return bad_request("version");
  for (const auto& [key, value] : request_)
    if (!is_token(key) || has_control(value)) return bad_request("header");
  // Whoever reads the first and whoever reads the last would read another request.
  for (const std::string_view name :
       {"authorization", "content-type", "content-encoding", "transfer-encoding"})
    if (values_of(request_, name).size() > 1) return bad_request("header");
  const auto lengths = values_of(request_, "content-length");
  if (lengths.size() > 1) return bad_request("lengths");
  if (!lengths.empty() && !parse_length(lengths.front())) return bad_request("length");
  if (!lengths.empty() && !values_of(request_, "transfer-encoding").empty())
    return bad_request("length-and-encoding");
  const std::size_t hosts = values_of(request_, "host").size();
  if (hosts > 1 || (version == "HTTP/1.1" && hosts == 0)) return bad_request("host");
  return std::nullopt;
}

std::optional<Refusal> Exchange::check_upload_head(std::uint64_t most_bytes) const {
  const auto lengths = values_of(request_, "content-length");
  // A chunked body that was cut looks complete to Poco, so a length is demanded.
  if (lengths.empty()) return Refusal{ProblemCode::length_required, {}};
  const auto length = parse_length(lengths.front());
  if (!length || *length > most_bytes)
    return Refusal{ProblemCode::too_large,
                   {{"limit", static_cast<std::int64_t>(most_bytes >> 20)}}};
  std::string type = lower(request_.getContentType());
  type = type.substr(0, type.find(';'));
  type.erase(type.find_last_not_of(" \t") + 1);
  if (type != kJsonType && type != kXlsxType && type != kOdsType)
    return Refusal{ProblemCode::media_type, {}};
  const std::string coding = lower(request_.get("Content-Encoding", "identity"));
  if (coding != "identity") return Refusal{ProblemCode::media_type, {}};
  return std::nullopt;
}

std::optional<std::string> Exchange::bearer_token() const {
  const std::string value = request_.get("Authorization", "");
  if (value.size() <= kBearer.size() || lower(value.substr(0, kBearer.size())) != lower(kBearer))
    return std::nullopt;
  return value.substr(kBearer.size());
}

std::optional<std::string> Exchange::read_body(std::size_t padding) {
  if (request_.getExpectContinue()) response_.sendContinue();
  const auto length = static_cast<std::size_t>(request_.getContentLength64());
  std::string body;
  body.reserve(length +
               padding);  // not touched until the bytes come: a promised length costs us nothing
  std::istream& in = request_.stream();
  while (body.size() < length) {
    const std::size_t before = body.size();
    const std::size_t step = std::min(kBodyStep, length - before);
    body.resize(before + step);
    in.read(body.data() + before, static_cast<std::streamsize>(step));
    if (static_cast<std::size_t>(in.gcount()) != step) return std::nullopt;
  }
  return body;
}

void Exchange::set_header(const std::string& name, const std::string& value) {
  response_.set(name, value);
}

void Exchange::answer(int status, std::string_view reason, std::string_view media_type,
                      std::string_view body) {
  response_.set("Vary", "Accept, Accept-Language");
  send(response_, status, reason, media_type, language_, request_.getMethod() == "HEAD", body);
}

void Exchange::answer_json(int status, std::string_view reason, std::string_view body) {
  answer(status, reason, kJson, body);
}

void Exchange::refuse(const Refusal& refusal, std::string_view members, std::string_view text) {
  const Problem& entry = problem(refusal.code);
  if (entry.status == 401) response_.set("WWW-Authenticate", "Bearer");
  if (entry.status == 415) response_.set("Accept-Encoding", "identity");
  if (entry.status == 503) response_.set("Retry-After", "5");
  const Arguments arguments = worded(refusal, form_, language_);
  if (wants_text_) {
    const std::string body =
        problem_text(refusal.code, form_, language_, arguments) + std::string(text);
    answer(entry.status, entry.reason, kText, body);
  } else {
    answer(entry.status, entry.reason, kProblem,
           problem_json(refusal.code, form_, language_, arguments, members));
  }
}

void refuse_malformed(Poco::Net::HTTPServerResponse& response, const Form& form,
                      std::string_view fault) {
  const std::string language = languages_of(form).front();
  const Refusal refusal = bad_request(std::string(fault));
  const Problem& entry = problem(refusal.code);
  send(response, entry.status, entry.reason, kProblem, language, false,
       problem_json(refusal.code, form, language, worded(refusal, form, language)));
}

}  // namespace cosp
