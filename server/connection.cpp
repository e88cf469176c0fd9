#include "server/connection.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <algorithm>
#include <vector>

namespace cosp {
namespace {

using Poco::Net::HTTPServerConnection;
using Poco::Net::StreamSocket;

thread_local const ConnectionDeadline* current_deadline = nullptr;

class GuardedConnection : public HTTPServerConnection {
 public:
  GuardedConnection(const StreamSocket& socket, const Poco::Net::HTTPServerParams::Ptr& parameters,
                    const Poco::Net::HTTPRequestHandlerFactory::Ptr& handlers, Reaper& reaper,
                    std::chrono::seconds head)
      : HTTPServerConnection(socket, parameters, handlers), reaper_(reaper), head_(head) {}

  void run() override {
    const ConnectionDeadline deadline(reaper_, socket(), head_);
    HTTPServerConnection::run();
  }

 private:
  Reaper& reaper_;
  std::chrono::seconds head_;
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
  if (const auto found = watched_.find(ticket); found != watched_.end()) found->second.deadline = deadline;
}

void Reaper::drop(std::uint64_t ticket) {
  const std::lock_guard lock(mutex_);
  watched_.erase(ticket);
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

ConnectionDeadline::ConnectionDeadline(Reaper& reaper, const StreamSocket& socket, std::chrono::seconds head)
    : reaper_(reaper), ticket_(reaper.add(socket, Reaper::Clock::now() + head)) {
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

GuardedConnectionFactory::GuardedConnectionFactory(Poco::Net::HTTPServerParams::Ptr parameters,
                                                   Poco::Net::HTTPRequestHandlerFactory::Ptr handlers,
                                                   Reaper& reaper, std::chrono::seconds head)
    : parameters_(std::move(parameters)), handlers_(std::move(handlers)), reaper_(reaper), head_(head) {}

Poco::Net::TCPServerConnection* GuardedConnectionFactory::createConnection(const StreamSocket& socket) {
  return new GuardedConnection(socket, parameters_, handlers_, reaper_, head_);  // Poco's server owns it
}

}  // namespace cosp
