#include "server/routes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server/connection.hpp"

namespace cosp {
namespace {

constexpr std::string_view kPrefix = "/api/v1/cycles/";
constexpr std::string_view kHealth = "/health";

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

std::string dump(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

nlohmann::ordered_json receipt_json(const Cycle& cycle, const Received& received) {
  const Report& report = received.checked.report;
  nlohmann::ordered_json receipt = {{"cycle", cycle.id},
                                    {"arrival", received.receipt.arrival},
                                    {"received_at", received.receipt.received_at},
                                    {"outcome", to_string(report.outcome)}};
  if (received.receipt.revision != 0) {
    receipt["submitter"] = received.checked.submission->header.submitter;
    receipt["revision"] = received.receipt.revision;
    receipt["unchanged"] = received.receipt.is_unchanged;
    receipt["digest"] = report.digests.submission;
    receipt["stated_revision"] = received.checked.submission->header.revision;
    // An older file sent by mistake would otherwise take the place of a later one without a word.
    if (received.passed_over && !received.receipt.is_unchanged)
      receipt["lower_than_stated"] = *received.passed_over;
  }
  return receipt;
}

}  // namespace

struct Routes::Target {
  enum class Kind { health, submissions, revision, findings, status };
  Kind kind = Kind::health;
  std::string_view cycle, submitter;
  std::uint32_t revision = 0;
};

class Routes::LentReader {
 public:
  explicit LentReader(Routes& routes) : routes_(routes) {
    std::unique_lock lock(routes_.readers_mutex_);
    routes_.reader_is_back_.wait(lock, [&] { return !routes_.readers_.empty(); });
    reader_ = std::move(routes_.readers_.back());
    routes_.readers_.pop_back();
  }
  ~LentReader() {
    {
      const std::lock_guard lock(routes_.readers_mutex_);
      routes_.readers_.push_back(std::move(reader_));
    }
    routes_.reader_is_back_.notify_one();
  }
  LentReader(const LentReader&) = delete;
  LentReader& operator=(const LentReader&) = delete;
  SubmissionFileReader& operator*() { return reader_; }

 private:
  Routes& routes_;
  SubmissionFileReader reader_;
};

class Routes::Seat {
 public:
  Seat(Routes& routes, const std::string& submitter) : routes_(routes), submitter_(submitter) {
    const std::lock_guard lock(routes_.seats_mutex_);
    if (routes_.seats_taken_ >= routes_.options_.uploads_at_once) return;
    std::uint32_t& of_state = routes_.seats_[submitter_];
    if (of_state >= routes_.options_.uploads_per_state) return;
    ++of_state;
    ++routes_.seats_taken_;
    is_taken_ = true;
  }
  ~Seat() {
    if (!is_taken_) return;
    const std::lock_guard lock(routes_.seats_mutex_);
    --routes_.seats_taken_;
    const auto found = routes_.seats_.find(submitter_);
    if (--found->second == 0) routes_.seats_.erase(found);
  }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;
  bool is_taken() const { return is_taken_; }

 private:
  Routes& routes_;
  const std::string& submitter_;
  bool is_taken_ = false;
};

Routes::Routes(const ServerOptions& options, std::shared_ptr<const PreparedForm> form,
               std::shared_ptr<const Cycle> cycle, std::shared_ptr<Store> store)
    : options_(options),
      form_(std::move(form)),
      cycle_(std::move(cycle)),
      store_(std::move(store)),
      readers_(std::max(options.checks_at_once, 1u)) {}

std::optional<Routes::Target> Routes::parse(std::string_view path) {
  Target target;
  if (path == kHealth) return target;
  if (!path.starts_with(kPrefix)) return std::nullopt;
  const auto parts = split(path.substr(kPrefix.size()));
  target.cycle = parts[0];
  if (parts.size() == 2 && parts[1] == "status") {
    target.kind = Target::Kind::status;
    return target;
  }
  if (parts.size() < 2 || parts[1] != "submissions") return std::nullopt;
  target.kind = Target::Kind::submissions;
  if (parts.size() == 2) return target;
  if (parts.size() > 5 || parts.size() < 4 || (parts.size() == 5 && parts[4] != "findings"))
    return std::nullopt;
  target.kind = parts.size() == 5 ? Target::Kind::findings : Target::Kind::revision;
  target.submitter = parts[2];
  const auto [end, error] =
      std::from_chars(parts[3].data(), parts[3].data() + parts[3].size(), target.revision);
  if (error != std::errc() || end != parts[3].data() + parts[3].size() || target.revision == 0)
    return std::nullopt;
  return target;
}

void Routes::handle(Exchange& exchange) {
  if (const auto refusal = exchange.check_head()) return exchange.refuse(*refusal);
  const auto target = parse(exchange.path());
  const bool is_known =
      target && (target->kind == Target::Kind::health || target->cycle == cycle_->id);
  if (!is_known) return exchange.refuse({ProblemCode::not_found, {}});
  const bool is_upload = target->kind == Target::Kind::submissions;
  const std::string allowed = is_upload ? "POST" : "GET, HEAD";
  const bool is_read = exchange.method() == "GET" || exchange.method() == "HEAD";
  if (is_upload ? exchange.method() != "POST" : !is_read) {
    exchange.set_header("Allow", allowed);
    return exchange.refuse({ProblemCode::method_not_allowed, {{"allowed", allowed}}});
  }
  switch (target->kind) {
    case Target::Kind::health: return health(exchange);
    case Target::Kind::status: return status(exchange);
    case Target::Kind::submissions: return upload(exchange);
    case Target::Kind::revision: return revision(exchange, *target);
    case Target::Kind::findings: return findings(exchange, *target);
  }
}

void Routes::health(Exchange& exchange) const {
  // Says more than that the process lives: the store answers.
  if (const auto tokens = store_->find_token(""); !tokens)
    return exchange.refuse({ProblemCode::store_failed, {}});
  exchange.answer_json(200, "OK", "{\"status\":\"ok\"}\n");
}

void Routes::status(Exchange& exchange) const {
  const auto revisions = store_->received_finals(cycle_->id);
  if (!revisions) return exchange.refuse({ProblemCode::store_failed, {}});
  // Final submissions received and nothing else: no drafts, not even their number by that of the
  // revision; no lateness, no States that have not reported.
  nlohmann::ordered_json received = nlohmann::ordered_json::array();
  for (const StoredRevision& revision : *revisions)
    received.push_back(
        {{"submitter", revision.submitter}, {"received_on", revision.received_at.substr(0, 10)}});
  const nlohmann::ordered_json body = {
      {"cycle", cycle_->id},
      {"purpose", to_string(cycle_->purpose)},
      {"form", {{"id", form().id()}, {"version", form().version()}}},
      {"cut_off", cycle_->cut_off.to_string()},
      {"received", received}};
  exchange.answer_json(200, "OK", dump(body) + "\n");
}

std::optional<TokenRecord> Routes::authorize(Exchange& exchange) const {
  const auto token = exchange.bearer_token();
  if (!token) {
    exchange.refuse({ProblemCode::token_missing, {}});
    return std::nullopt;
  }
  auto record = store_->find_token(*token);
  if (!record) {
    exchange.refuse({ProblemCode::store_failed, {}});
    return std::nullopt;
  }
  if (!*record) exchange.refuse({ProblemCode::token_unknown, {}});
  // Only now: a stranger gets no more than the time of a head.
  if (*record) ConnectionDeadline::extend(std::chrono::seconds(options_.body_timeout_s));
  return std::move(*record);
}

void Routes::upload(Exchange& exchange) {
  const auto token = authorize(exchange);
  if (!token) return;
  if (const auto refusal = exchange.check_upload_head(options_.upload_bytes))
    return exchange.refuse(*refusal);
  const Seat seat(*this, token->submitter);
  if (!seat.is_taken()) return exchange.refuse({ProblemCode::busy, {}});
  auto body = exchange.read_body(SubmissionFileReader::kPadding);
  if (!body) return exchange.refuse({ProblemCode::bad_request, {{"fault", "cut"}}});
  const auto received = [&] {  // gives the reader back before a slow client has read its answer
    LentReader reader(*this);
    return receive(*form_, *cycle_, *store_, *reader,
                   {std::move(*body), exchange.media_type(), *token, utc_now()});
  }();
  if (!received) return exchange.refuse({ProblemCode::store_failed, {}});
  if (received->is_foreign)
    return exchange.refuse({ProblemCode::foreign_submitter, {{"state", token->submitter}}});
  answer_received(exchange, *received);
}

std::string Routes::rendered(const Exchange& exchange, const CheckedSubmission& checked) const {
  const std::span<const Report> report(&checked.report, 1);
  if (exchange.wants_text()) return render_text(form(), report, exchange.language(), false);
  std::string json = render_json(form(), report, exchange.language());
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

void Routes::answer_received(Exchange& exchange, const Received& received) const {
  const std::string report = rendered(exchange, received.checked);
  const std::string receipt = dump(receipt_json(*cycle_, received));
  const std::string members =
      fmt::format("\"receipt\":{},\"report\":{}", receipt, exchange.wants_text() ? "" : report);
  const Outcome outcome = received.checked.report.outcome;
  if (outcome == Outcome::unreadable)
    return exchange.refuse({ProblemCode::unreadable, {}}, members, report);
  if (outcome == Outcome::blocked)
    return exchange.refuse({ProblemCode::blocked, {}}, members, report);
  exchange.set_header("ETag", "\"" + received.checked.report.digests.submission + "\"");
  exchange.set_header("Location", fmt::format("{}{}/submissions/{}/{}", kPrefix, cycle_->id,
                                              received.checked.submission->header.submitter,
                                              received.receipt.revision));
  const int status = received.receipt.is_unchanged ? 200 : 201;
  const std::string_view reason = received.receipt.is_unchanged ? "OK" : "Created";
  if (exchange.wants_text())
    exchange.answer(status, reason, "text/plain; charset=utf-8", report);
  else
    exchange.answer_json(status, reason, "{" + members + "}\n");
}

std::optional<StoredRevision> Routes::authorized_revision(Exchange& exchange,
                                                          const Target& target) const {
  const auto token = authorize(exchange);
  if (!token) return std::nullopt;
  if (token->submitter != target.submitter) {
    exchange.refuse({ProblemCode::foreign_submitter, {{"state", token->submitter}}});
    return std::nullopt;
  }
  auto found = store_->revision(target.cycle, target.submitter, target.revision);
  if (!found) {
    exchange.refuse({ProblemCode::store_failed, {}});
    return std::nullopt;
  }
  if (!*found) exchange.refuse({ProblemCode::not_found, {}});
  return std::move(*found);
}

void Routes::revision(Exchange& exchange, const Target& target) {
  const auto stored = authorized_revision(exchange, target);
  if (!stored) return;
  exchange.set_header("ETag", "\"" + stored->digest + "\"");
  exchange.answer_json(200, "OK", stored->canonical);
}

void Routes::findings(Exchange& exchange, const Target& target) {
  const auto stored = authorized_revision(exchange, target);
  if (!stored) return;
  const auto checked = [&] {
    LentReader reader(*this);
    return report_again(*form_, *cycle_, *store_, *reader, *stored);
  }();
  if (!checked) return exchange.refuse({ProblemCode::store_failed, {}});
  const std::string body = rendered(exchange, *checked);
  if (exchange.wants_text())
    exchange.answer(200, "OK", "text/plain; charset=utf-8", body);
  else
    exchange.answer_json(200, "OK", body + "\n");
}

}  // namespace cosp
