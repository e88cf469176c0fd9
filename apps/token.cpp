#include <fmt/format.h>

#include <algorithm>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"
#include "base/text.hpp"
#include "service/receiving.hpp"
#include "store/store.hpp"

namespace cosp::apps {
namespace {

constexpr std::size_t kLongestCode = 40;

int list_tokens(Store& store) {
  const auto tokens = store.tokens();
  if (!tokens) return fail(tokens.error());
  std::string text;
  for (const TokenRecord& token : *tokens)
    text += fmt::format("{}  {}  created {}{}\n", token.id, token.submitter, token.created_at,
                        token.revoked_at.empty() ? "" : "  revoked " + token.revoked_at);
  return print(text);
}

/// As a roster writes codes; which of them a cycle knows is not known to the store.
bool is_code(std::string_view code) {
  const auto is_good = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !code.empty() && code.size() <= kLongestCode &&
         std::all_of(code.begin(), code.end(), is_good);
}

}  // namespace

int run(const TokenOptions& options, Workspace&) {
  std::error_code ignored;
  if (options.act != TokenOptions::Act::create && !std::filesystem::exists(options.store, ignored))
    return fail({Error::Kind::not_found, "no such store", options.store.string()});
  if (options.act == TokenOptions::Act::create && !is_code(options.state))
    return fail(
        {Error::Kind::bad_input,
         fmt::format("expected the code of a State, got \"{}\"", mask_controls(options.state)),
         ""});
  auto store = open_store(options.store);
  if (!store) return fail(store.error());
  if (options.act == TokenOptions::Act::list) return list_tokens(**store);
  if (options.act == TokenOptions::Act::revoke) {
    const auto revoked = (*store)->revoke_token(options.token, utc_now());
    return revoked ? kDone : fail(revoked.error());
  }
  const auto token = (*store)->create_token(options.state, utc_now());
  if (!token) return fail(token.error());
  return print(*token + "\n");
}

}  // namespace cosp::apps
