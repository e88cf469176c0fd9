/// The door over HTTP: uploads of submissions, and what was received (docs/formats/http.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "model/cycle.hpp"
#include "service/workspace.hpp"
#include "store/store.hpp"

namespace cosp {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;               ///< 0: a free one
  std::uint64_t upload_bytes = 20u << 20;  ///< a larger body is refused before it is read
  std::uint32_t uploads_at_once = 32;      ///< of all States; further ones are told to come back
  std::uint32_t uploads_per_state =
      4;  ///< so that no State's machine can close the door to the others
  std::uint32_t checks_at_once =
      4;  ///< further ones wait; bounds the memory, some ten times a body each
  std::uint32_t head_timeout_s = 10;  ///< from the connection to the end of the request's head
  std::uint32_t body_timeout_s =
      300;  ///< for who has shown a token: from there to the end of the answer
  std::uint32_t linger_timeout_s = 10;  ///< after the answer, for what the client still sends
};

/// Answers until it is stopped or destroyed. One request per connection. Threads of its own; the
/// store and what is prepared must be safe for them, and are kept alive by the server.
class Server {
 public:
  /// Errors: `io` when the address cannot be listened on.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options,
                                               std::shared_ptr<const PreparedForm> form,
                                               std::shared_ptr<const Cycle> cycle,
                                               std::shared_ptr<Store> store);
  ~Server();

  std::uint16_t port() const;
  /// Takes no new connections; lets those under way end, for ten seconds.
  void stop();

 private:
  struct Implementation;
  explicit Server(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cosp
