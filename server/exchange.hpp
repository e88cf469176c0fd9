/// One request and its answer: what every route needs of HTTP, with the contradictions that Poco
/// lets pass refused.
#pragma once

#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/messages.hpp"
#include "model/form.hpp"
#include "server/problems.hpp"

namespace cosp {

/// Why a request is refused.
struct Refusal {
  ProblemCode code;
  Arguments arguments;
};

class Exchange {
 public:
  Exchange(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response,
           const Form& form);

  const std::string& method() const { return request_.getMethod(); }
  /// Without scheme, host and query; not decoded: our paths have nothing to decode.
  std::string_view path() const { return path_; }
  const std::string& language() const { return language_; }
  bool wants_text() const { return wants_text_; }

  /// Two Content-Lengths, one beside Transfer-Encoding, no Host, a control character in a header,
  /// an unknown version …: what Poco takes in silence, and what a proxy before us might read
  /// otherwise.
  std::optional<Refusal> check_head() const;
  /// A length that is there and not above the limit; a type that is JSON, not compressed.
  std::optional<Refusal> check_upload_head(std::uint64_t most_bytes) const;
  /// The token of `Authorization: Bearer`; nothing when there is none.
  std::optional<std::string> bearer_token() const;
  /// The body, whole, with so many bytes reserved behind it; nothing when the connection ended
  /// before its length was reached. Tells a client that waits for it to go on. Call after
  /// `check_upload_head`.
  std::optional<std::string> read_body(std::size_t padding);
  const std::string& media_type() const { return request_.getContentType(); }

  /// `body` as it is, in the type given. One call per exchange.
  void answer(int status, std::string_view reason, std::string_view media_type,
              std::string_view body);
  void answer_json(int status, std::string_view reason, std::string_view body);
  /// As problem+json or, for who accepts text only, as text followed by `text` (a report, or
  /// nothing).
  void refuse(const Refusal& refusal, std::string_view members = {}, std::string_view text = {});
  void set_header(const std::string& name, const std::string& value);

 private:
  Poco::Net::HTTPServerRequest& request_;
  Poco::Net::HTTPServerResponse& response_;
  const Form& form_;
  std::string path_;
  std::string language_;
  bool wants_text_ = false;
};

/// Answers a request whose head could not be read, in the form's first language.
void refuse_malformed(Poco::Net::HTTPServerResponse& response, const Form& form,
                      std::string_view fault);

}  // namespace cosp
