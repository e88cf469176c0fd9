/// A product's declaration, read.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "generator/compilation.hpp"
#include "model/form.hpp"

namespace cosp {

struct ProductPart {
  enum class Kind { heading, paragraph, table, figure, paragraphs_by_row, states };
  Kind kind = Kind::paragraph;
  std::string id;     ///< of the text under `part.`; of the table for `table` and `figure`
  std::string table;  ///< of `paragraphs_by_row`
  int level = 2;      ///< of a heading: 2 or 3
};

struct Product {
  std::string id;
  std::string format;         ///< html | xlsx
  std::string template_name;  ///< empty for xlsx
  Audience audience = Audience::open;
  bool is_each_state = false;
  std::vector<ProductPart> parts;

  bool has_figure_part(std::string_view table) const;
  /// What is for the secretariat is not made for the public.
  bool is_for(Audience reader) const {
    return audience == Audience::open || reader == Audience::secretariat;
  }
};

/// Each mistake as a sentence; the product as far as it could be read.
struct ProductReading {
  Product product;
  std::vector<std::string> mistakes;
};
ProductReading read_product(const Form& form, const Declaration& declaration);

}  // namespace cosp
