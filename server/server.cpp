#include "server/server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>
#include <fmt/format.h>

#include <cstdio>

#include "base/escape.hpp"
#include "server/connection.hpp"
#include "server/routes.hpp"

namespace cosp {
namespace {

// A silent client holds a thread until its deadline, so there are many; an idle thread costs some
// 40 KB.
constexpr int kThreads = 512;
constexpr int kBacklog = 256;
/// What connections under way still get when the server is stopped.
constexpr std::chrono::seconds kFarewell{10};

class RouteAnswerer : public Answerer {
 public:
  explicit RouteAnswerer(Routes& routes) : routes_(routes) {}

  void answer(Poco::Net::HTTPServerRequest& request,
              Poco::Net::HTTPServerResponse& response) override {
    Exchange exchange(request, response, routes_.form());
    try {
      routes_.handle(exchange);
    } catch (const Poco::Exception&) {  // mostly a client that went away; the connection knows what
                                        // to do
      throw;
    } catch (const std::exception& fault) {  // whatever it was, the client must not wait in vain
      fmt::print(stderr, "cosp: request: {}\n", escape::terminal(fault.what()));
      if (!response.sent()) exchange.refuse({ProblemCode::store_failed, {}});
    }
  }

  void answer_malformed(Poco::Net::HTTPServerResponse& response, std::string_view fault) override {
    refuse_malformed(response, routes_.form(), fault);
  }

 private:
  Routes& routes_;
};

}  // namespace

struct Server::Implementation {
  Implementation(const ServerOptions& options, std::shared_ptr<const PreparedForm> form,
                 std::shared_ptr<const Cycle> cycle, std::shared_ptr<Store> store,
                 const Poco::Net::ServerSocket& listening)
      : routes(options, std::move(form), std::move(cycle), std::move(store)),
        answerer(routes),
        threads(2, kThreads),
        socket(listening) {
    Poco::Net::HTTPServerParams::Ptr parameters = new Poco::Net::HTTPServerParams;
    parameters->setMaxThreads(kThreads);
    parameters->setMaxQueued(kBacklog);
    parameters->setKeepAlive(false);
    parameters->setTimeout(Poco::Timespan(static_cast<long>(options.head_timeout_s), 0));
    const ConnectionTimes times{std::chrono::seconds(options.head_timeout_s),
                                std::chrono::seconds(options.linger_timeout_s)};
    server = std::make_unique<Poco::Net::TCPServer>(
        new ConnectionFactory(parameters, answerer, reaper, times), threads, socket, parameters);
  }

  Routes routes;
  RouteAnswerer answerer;
  Reaper reaper;
  Poco::ThreadPool threads;
  Poco::Net::ServerSocket socket;
  std::unique_ptr<Poco::Net::TCPServer> server;
};

Server::Server(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}

Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options,
                                              std::shared_ptr<const PreparedForm> form,
                                              std::shared_ptr<const Cycle> cycle,
                                              std::shared_ptr<Store> store) {
  try {
    const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress(options.address, options.port),
                                         kBacklog);
    auto implementation = std::make_unique<Implementation>(
        options, std::move(form), std::move(cycle), std::move(store), socket);
    implementation->server->start();
    return std::unique_ptr<Server>(new Server(std::move(implementation)));
  } catch (const Poco::Exception& fault) {
    return Error{Error::Kind::io, "cannot listen: " + fault.displayText(),
                 fmt::format("{}:{}", options.address, options.port)};
  }
}

std::uint16_t Server::port() const { return implementation_->socket.address().port(); }

void Server::stop() {
  implementation_->server->stop();
  implementation_->reaper.hasten(Reaper::Clock::now() + kFarewell);
  implementation_->threads.joinAll();
}

}  // namespace cosp
