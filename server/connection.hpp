/// Connections that end: Poco's timeouts bound each read, not a request, so a thread of our own shuts down the sockets
/// whose time is over.
#pragma once

#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/TCPServerConnectionFactory.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>

namespace cosp {

/// Shuts down each socket at its deadline unless it was dropped before. Thread-safe.
class Reaper {
 public:
  using Clock = std::chrono::steady_clock;

  Reaper();
  ~Reaper();
  Reaper(const Reaper&) = delete;
  Reaper& operator=(const Reaper&) = delete;

  std::uint64_t add(const Poco::Net::StreamSocket& socket, Clock::time_point deadline);
  void extend(std::uint64_t ticket, Clock::time_point deadline);
  void drop(std::uint64_t ticket);

 private:
  struct Watched {
    Poco::Net::StreamSocket socket;
    Clock::time_point deadline;
  };
  void watch(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::uint64_t, Watched> watched_;
  std::uint64_t next_ticket_ = 1;
  std::jthread thread_;  ///< last: it uses all the others
};

/// The deadline of the connection that the calling thread serves.
class ConnectionDeadline {
 public:
  ConnectionDeadline(Reaper& reaper, const Poco::Net::StreamSocket& socket, std::chrono::seconds head);
  ~ConnectionDeadline();
  ConnectionDeadline(const ConnectionDeadline&) = delete;
  ConnectionDeadline& operator=(const ConnectionDeadline&) = delete;

  /// Gives the connection of the calling thread so long from now. Nothing happens outside of one.
  static void extend(std::chrono::seconds time);

 private:
  Reaper& reaper_;
  std::uint64_t ticket_;
};

/// Makes HTTP connections under a deadline.
class GuardedConnectionFactory : public Poco::Net::TCPServerConnectionFactory {
 public:
  GuardedConnectionFactory(Poco::Net::HTTPServerParams::Ptr parameters,
                           Poco::Net::HTTPRequestHandlerFactory::Ptr handlers, Reaper& reaper,
                           std::chrono::seconds head);
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override;

 private:
  Poco::Net::HTTPServerParams::Ptr parameters_;
  Poco::Net::HTTPRequestHandlerFactory::Ptr handlers_;
  Reaper& reaper_;
  std::chrono::seconds head_;
};

}  // namespace cosp
