#include "server/connection.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponseImpl.h>
#include <Poco/Net/HTTPServerSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/TCPServerConnection.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

#include "base/escape.hpp"

namespace cosp {
namespace {

using Poco::Net::HTTPServerParams;
using Poco::Net::HTTPServerRequestImpl;
using Poco::Net::HTTPServerResponseImpl;
using Poco::Net::HTTPServerSession;
using Poco::Net::StreamSocket;

/// What a client may send after its answer before it is cut off.
constexpr std::size_t kLingerBytes = 64u << 20;

thread_local const ConnectionDeadline* current_deadline = nullptr;

class Connection : public Poco::Net::TCPServerConnection {
 public:
  Connection(const StreamSocket& socket, HTTPServerParams::Ptr parameters, Answerer& answerer,
             Reaper& reaper, const ConnectionTimes& times)
      : TCPServerConnection(socket),
        parameters_(std::move(parameters)),
        answerer_(answerer),
        reaper_(reaper),
        times_(times) {}

  void run() override {
    try {
      HTTPServerSession session(socket(),
                                parameters_);  // closes the socket when it ends: after the deadline
      const ConnectionDeadline deadline(reaper_, socket(), times_.head);
      if (serve(session)) linger();
    } catch (const Poco::Net::NetException&) {  // the client went away
    } catch (const Poco::TimeoutException&) {   // or sent nothing
    } catch (const Poco::Exception& fault) {
      fmt::print(stderr, "cosp: connection: {}\n", escape::terminal(fault.displayText()));
    } catch (const std::exception& fault) {  // the last net
      fmt::print(stderr, "cosp: connection: {}\n", escape::terminal(fault.what()));
    }
  }

 private:
  /// Whether something was answered.
  bool serve(HTTPServerSession& session) {
    HTTPServerResponseImpl response(session);
    response.setVersion(Poco::Net::HTTPMessage::HTTP_1_1);
    response.setDate(Poco::Timestamp());
    response.setKeepAlive(false);
    std::optional<HTTPServerRequestImpl> request;
    std::string_view fault;
    try {
      request.emplace(response, session, parameters_.get());
    } catch (const Poco::Net::NoMessageException&) {
      return false;
    } catch (const Poco::Net::MessageException&) {
      fault = "header";
    } catch (const Poco::SyntaxException&) {  // the one number in a head that Poco reads
      fault = "length";
    }
    if (fault.empty())
      answerer_.answer(*request, response);
    else
      answerer_.answer_malformed(response, fault);
    return true;
  }

  void linger() {
    ConnectionDeadline::extend(times_.linger);
    socket().shutdownSend();
    std::vector<char> room(16u << 10);
    for (std::size_t seen = 0; seen < kLingerBytes;) {
      const int got = socket().receiveBytes(room.data(), static_cast<int>(room.size()));
      if (got <= 0) return;
      seen += static_cast<std::size_t>(got);
    }
  }

  HTTPServerParams::Ptr parameters_;
  Answerer& answerer_;
  Reaper& reaper_;
  ConnectionTimes times_;
};

}  // namespace

Reaper::Reaper() : thread_([this](const std::stop_token& stop) { watch(stop); }) {}

Reaper::~Reaper() {
  thread_.request_stop();
  changed_.notify_all();
}

std::uint64_t Reaper::add(const StreamSocket& socket, Clock::time_point deadline) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t ticket = next_ticket_++;
  watched_.emplace(ticket, Watched{socket, deadline});
  changed_.notify_all();
  return ticket;
}

void Reaper::extend(std::uint64_t ticket, Clock::time_point deadline) {
  const std::lock_guard lock(mutex_);
  if (const auto found = watched_.find(ticket); found != watched_.end())
    found->second.deadline = deadline;
}

void Reaper::drop(std::uint64_t ticket) {
  const std::lock_guard lock(mutex_);
  watched_.erase(ticket);
}

void Reaper::hasten(Clock::time_point deadline) {
  const std::lock_guard lock(mutex_);
  for (auto& [ticket, watched] : watched_) watched.deadline = std::min(watched.deadline, deadline);
}

void Reaper::watch(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const Clock::time_point now = Clock::now();
    Clock::time_point wake = now + std::chrono::seconds(1);
    for (auto entry = watched_.begin(); entry != watched_.end();) {
      if (entry->second.deadline > now) {
        wake = std::min(wake, entry->second.deadline);
        ++entry;
        continue;
      }
      try {
        entry->second.socket.shutdown();
      } catch (const Poco::Exception&) {  // the other side was faster
      }
      entry = watched_.erase(entry);
    }
    changed_.wait_until(lock, stop, wake, [&] { return stop.stop_requested(); });
  }
}

ConnectionDeadline::ConnectionDeadline(Reaper& reaper, const StreamSocket& socket,
                                       std::chrono::seconds time)
    : reaper_(reaper), ticket_(reaper.add(socket, Reaper::Clock::now() + time)) {
  current_deadline = this;
}

ConnectionDeadline::~ConnectionDeadline() {
  reaper_.drop(ticket_);
  current_deadline = nullptr;
}

void ConnectionDeadline::extend(std::chrono::seconds time) {
  if (current_deadline != nullptr)
    current_deadline->reaper_.extend(current_deadline->ticket_, Reaper::Clock::now() + time);
}

ConnectionFactory::ConnectionFactory(HTTPServerParams::Ptr parameters, Answerer& answerer,
                                     Reaper& reaper, const ConnectionTimes& times)
    : parameters_(std::move(parameters)), answerer_(answerer), reaper_(reaper), times_(times) {}

Poco::Net::TCPServerConnection* ConnectionFactory::createConnection(const StreamSocket& socket) {
  return new Connection(socket, parameters_, answerer_, reaper_, times_);  // Poco's server owns it
}

}  // namespace cosp
