#include "tests/server/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace cosp::test {

std::string Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

Client::Client(std::uint16_t port, std::chrono::seconds patience)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{static_cast<time_t>(patience.count()), 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
}

Client::~Client() { ::close(socket_); }

bool Client::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string Client::receive() const {
  std::array<char, 65536> room{};
  const ssize_t got = ::recv(socket_, room.data(), room.size(), 0);
  return got <= 0 ? std::string() : std::string(room.data(), static_cast<std::size_t>(got));
}

Answer Client::answer() const {
  std::string raw;
  for (std::string part = receive(); !part.empty(); part = receive()) raw += part;
  return parse_answer(std::move(raw));
}

void Client::finish() const { ::shutdown(socket_, SHUT_WR); }

Answer parse_answer(std::string raw) {
  Answer answer;
  answer.raw = std::move(raw);
  std::string_view rest = answer.raw;
  const auto line = [&] {
    const std::size_t end = rest.find("\r\n");
    std::string_view found = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    return found;
  };
  answer.status_line = line();
  if (!answer.status_line.starts_with("HTTP/1.1 ") || answer.status_line.size() < 12) return answer;
  std::from_chars(answer.status_line.data() + 9, answer.status_line.data() + 12, answer.status);
  for (std::string_view header = line(); !header.empty(); header = line()) {
    const std::size_t colon = header.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string name(header.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
      return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    answer.headers[std::move(name)] = header.substr(colon + 2);
  }
  answer.body = rest;
  return answer;
}

Answer exchange(std::uint16_t port, std::string_view bytes) {
  const Client client(port);
  client.send(bytes);
  return client.answer();
}

}  // namespace cosp::test
