/// Connections that end: Poco's timeouts bound each read, not a request, so a thread of our own
/// shuts down the sockets whose time is over.
#pragma once

#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/TCPServerConnectionFactory.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>
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
  /// Brings every deadline forward to this one, if it is later.
  void hasten(Clock::time_point deadline);

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

/// The deadline of the connection that the calling thread serves. Must end before the socket is
/// closed: a number that was given to another connection meanwhile must not be shut down.
class ConnectionDeadline {
 public:
  ConnectionDeadline(Reaper& reaper, const Poco::Net::StreamSocket& socket,
                     std::chrono::seconds time);
  ~ConnectionDeadline();
  ConnectionDeadline(const ConnectionDeadline&) = delete;
  ConnectionDeadline& operator=(const ConnectionDeadline&) = delete;

  /// Gives the connection of the calling thread so long from now. Nothing happens outside of one.
  static void extend(std::chrono::seconds time);

 private:
  Reaper& reaper_;
  std::uint64_t ticket_;
};

/// What a connection does with the one request that it carries. Called by many threads at once.
class Answerer {
 public:
  Answerer() = default;
  Answerer(const Answerer&) = delete;
  Answerer& operator=(const Answerer&) = delete;
  virtual ~Answerer() = default;

  virtual void answer(Poco::Net::HTTPServerRequest& request,
                      Poco::Net::HTTPServerResponse& response) = 0;
  /// To a head that could not be read; `fault` as in ProblemCode::bad_request.
  virtual void answer_malformed(Poco::Net::HTTPServerResponse& response,
                                std::string_view fault) = 0;
};

struct ConnectionTimes {
  std::chrono::seconds head{10};
  /// After the answer, for what the client still sends: closed at once, its system would drop the
  /// unread answer.
  std::chrono::seconds linger{10};
};

/// Makes connections that are under a deadline from their first moment, carry one request, and
/// never answer "100 Continue" by themselves.
class ConnectionFactory : public Poco::Net::TCPServerConnectionFactory {
 public:
  ConnectionFactory(Poco::Net::HTTPServerParams::Ptr parameters, Answerer& answerer, Reaper& reaper,
                    const ConnectionTimes& times);
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override;

 private:
  Poco::Net::HTTPServerParams::Ptr parameters_;
  Answerer& answerer_;
  Reaper& reaper_;
  ConnectionTimes times_;
};

}  // namespace cosp
