#include "server/exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <istream>
#include <ostream>
#include <vector>

#include "base/language.hpp"

namespace cosp {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kJson = "application/json";
constexpr std::size_t kDrainedBytes = 32u << 20;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return result;
}

std::vector<std::string> values_of(const Poco::Net::HTTPServerRequest& request, std::string_view name) {
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
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
}

Refusal bad_request(std::string fault) { return {ProblemCode::bad_request, {{"fault", std::move(fault)}}}; }

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

}  // namespace

Exchange::Exchange(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response, const Form& form)
    : request_(request), response_(response), form_(form) {
  path_ = request.getURI().substr(0, request.getURI().find('?'));
  const auto languages = languages_of(form);
  language_ = best_language(request.get("Accept-Language", ""), languages).value_or(languages.front());
  wants_text_ = accepts_text(request.get("Accept", ""));
  response_.setKeepAlive(false);  // one request per connection: no idle client holds a thread
}

std::optional<Refusal> Exchange::check_head() const {
  const std::string& version = request_.getVersion();
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return bad_request("version");
  for (const auto& [key, value] : request_) {
    if (key.empty() || has_control(key) || key.find_first_of(" \t") != std::string::npos) return bad_request("header");
    if (has_control(value)) return bad_request("header");
  }
  const auto lengths = values_of(request_, "content-length");
  if (lengths.size() > 1) return bad_request("lengths");
  if (!lengths.empty() && !parse_length(lengths.front())) return bad_request("length");
  if (!lengths.empty() && !values_of(request_, "transfer-encoding").empty()) return bad_request("length-and-encoding");
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
    return Refusal{ProblemCode::too_large, {{"limit", static_cast<std::int64_t>(most_bytes >> 20)}}};
  std::string type = lower(request_.getContentType());
  type = type.substr(0, type.find(';'));
  type.erase(std::remove(type.begin(), type.end(), ' '), type.end());
  if (type != kJson) return Refusal{ProblemCode::media_type, {}};
  return std::nullopt;
}

std::optional<std::string> Exchange::bearer_token() const {
  const std::string value = request_.get("Authorization", "");
  if (value.size() <= kBearer.size() || lower(value.substr(0, kBearer.size())) != lower(kBearer)) return std::nullopt;
  return value.substr(kBearer.size());
}

std::optional<std::string> Exchange::read_body(std::size_t padding) {
  body_was_read_ = true;
  const auto length = static_cast<std::size_t>(request_.getContentLength64());
  std::string body;
  body.reserve(length + padding);
  body.resize(length);
  std::istream& in = request_.stream();
  in.read(body.data(), static_cast<std::streamsize>(length));
  if (static_cast<std::size_t>(in.gcount()) != length) return std::nullopt;
  return body;
}

void Exchange::drain() {
  if (body_was_read_ || request_.getMethod() == "GET" || request_.getMethod() == "HEAD") return;
  if (request_.getExpectContinue()) return;  // told to stop before it began
  std::istream& in = request_.stream();
  std::vector<char> room(64u << 10);
  for (std::size_t seen = 0; in && seen < kDrainedBytes; seen += static_cast<std::size_t>(in.gcount()))
    in.read(room.data(), static_cast<std::streamsize>(room.size()));
}

void Exchange::set_header(const std::string& name, const std::string& value) { response_.set(name, value); }

void Exchange::answer(int status, std::string_view reason, std::string_view media_type, std::string_view body) {
  drain();
  response_.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status), std::string(reason));
  response_.setContentType(std::string(media_type));
  response_.setContentLength64(static_cast<Poco::Int64>(body.size()));
  response_.set("Content-Language", language_);
  response_.set("Cache-Control", "no-store");
  response_.set("X-Content-Type-Options", "nosniff");
  response_.set("Vary", "Accept, Accept-Language");
  std::ostream& out = response_.send();
  if (request_.getMethod() != "HEAD") out.write(body.data(), static_cast<std::streamsize>(body.size()));
  out.flush();
}

void Exchange::answer_json(int status, std::string_view reason, std::string_view body) {
  answer(status, reason, kJson, body);
}

void Exchange::refuse(const Refusal& refusal, std::string_view members, std::string_view text) {
  const Problem& entry = problem(refusal.code);
  if (entry.status == 401) response_.set("WWW-Authenticate", "Bearer");
  if (entry.status == 503) response_.set("Retry-After", "5");
  Arguments arguments = refusal.arguments;
  for (auto& [name, value] : arguments)
    if (name == "fault")
      value = std::string(form_.text(fmt::format("problem.fault.{}", std::get<std::string>(value)),
                                     form_.language(language_)).value);
  if (wants_text_) {
    const std::string body = problem_text(refusal.code, form_, language_, arguments) + std::string(text);
    answer(entry.status, entry.reason, "text/plain; charset=utf-8", body);
  } else {
    answer(entry.status, entry.reason, "application/problem+json",
           problem_json(refusal.code, form_, language_, arguments, members));
  }
}

}  // namespace cosp
