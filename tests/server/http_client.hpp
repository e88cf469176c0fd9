/// A client that can be as wrong as it likes: bytes over a socket, and what comes back.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace cosp::test {

struct Answer {
  int status = 0;  ///< 0: nothing came that begins like HTTP
  std::string status_line;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  std::string raw;

  std::string header(const std::string& name) const;
};

/// A connection to 127.0.0.1. Every wait ends after `patience`.
class Client {
 public:
  explicit Client(std::uint16_t port, std::chrono::seconds patience = std::chrono::seconds(20));
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False when the other side has closed.
  bool send(std::string_view bytes) const;
  /// One read: what has come, or "" when the other side has closed or patience ended.
  std::string receive() const;
  /// Everything until the other side closes.
  Answer answer() const;
  /// Says that nothing more will be sent.
  void finish() const;

 private:
  int socket_;
};

Answer parse_answer(std::string raw);
/// Sends the bytes on a connection of their own and reads to the end.
Answer exchange(std::uint16_t port, std::string_view bytes);

}  // namespace cosp::test
