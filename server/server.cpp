#include "server/server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>
#include <fmt/format.h>

#include "server/connection.hpp"
#include "server/routes.hpp"

namespace cosp {
namespace {

// A silent client holds a thread until its deadline, so there are many; an idle thread costs some 40 KB.
constexpr int kThreads = 512;
constexpr int kBacklog = 256;

class Handler : public Poco::Net::HTTPRequestHandler {
 public:
  explicit Handler(Routes& routes) : routes_(routes) {}

  void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
    try {
      Exchange exchange(request, response, routes_.form());
      routes_.handle(exchange);
    } catch (const Poco::Exception& fault) {  // mostly a client that went away
      fmt::print(stderr, "cosp: {} {}: {}\n", request.getMethod(), request.getURI(), fault.displayText());
    } catch (const std::exception& fault) {  // the last net
      fmt::print(stderr, "cosp: {} {}: {}\n", request.getMethod(), request.getURI(), fault.what());
      if (!response.sent()) {
        Exchange exchange(request, response, routes_.form());
        exchange.refuse({ProblemCode::store_failed, {}});
      }
    }
  }

 private:
  Routes& routes_;
};

class HandlerFactory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit HandlerFactory(Routes& routes) : routes_(routes) {}

  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest& request) override {
    // Poco answers "100 Continue" by itself, before anything is checked, unless a status was set by now.
    if (request.getExpectContinue()) request.response().setStatus(Poco::Net::HTTPResponse::HTTP_OK);
    return new Handler(routes_);  // Poco owns it
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
        threads(2, kThreads),
        socket(listening) {
    Poco::Net::HTTPServerParams::Ptr parameters = new Poco::Net::HTTPServerParams;
    parameters->setMaxThreads(kThreads);
    parameters->setMaxQueued(kBacklog);
    parameters->setKeepAlive(false);
    parameters->setTimeout(Poco::Timespan(static_cast<long>(options.head_timeout_s), 0));
    server = std::make_unique<Poco::Net::TCPServer>(
        new GuardedConnectionFactory(parameters, new HandlerFactory(routes), reaper,
                                     std::chrono::seconds(options.head_timeout_s)),
        threads, socket, parameters);
  }

  Routes routes;
  Reaper reaper;
  Poco::ThreadPool threads;
  Poco::Net::ServerSocket socket;
  std::unique_ptr<Poco::Net::TCPServer> server;
};

Server::Server(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}

Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, std::shared_ptr<const PreparedForm> form,
                                              std::shared_ptr<const Cycle> cycle, std::shared_ptr<Store> store) {
  try {
    const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress(options.address, options.port), kBacklog);
    auto implementation = std::make_unique<Implementation>(options, std::move(form), std::move(cycle),
                                                           std::move(store), socket);
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
  implementation_->threads.joinAll();
}

}  // namespace cosp
