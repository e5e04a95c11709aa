from __future__ import annotations

import pytest

from collectors.code.graph import Raw
from collectors.code.ruby_requires import RubyResolver, parse, underscored

CODE = b"""require "json"
require_relative "../lib/acme/core"
require 'acme/web'
load "task.rb"
module Acme
  autoload :OddJob
  autoload :Named, "acme/other"
  class Page < Base
    Kernel.require "ghost"
    require "#{x}/ghost"
    # require "ghost"
  end
end
Store::Order.new
"""


def test_what_a_file_says() -> None:
    raw = parse(CODE)
    assert raw.imports == ("json", "./../lib/acme/core", "acme/web", "task", "acme/odd_job", "acme/other")
    assert {"Base", "Store::Order"} <= set(raw.names)


@pytest.mark.parametrize(
    ("constant", "path"),
    [("ActiveRecord::Base", "active_record/base"), ("HTMLParser", "html_parser"), ("OddJob2Run", "odd_job2_run")],
)
def test_constants_as_paths(constant: str, path: str) -> None:
    assert underscored(constant) == path


def test_load_paths_of_gems() -> None:
    files = ("gem/x.gemspec", "gem/lib/acme.rb", "gem/lib/acme/web.rb", "lib/acme/web.rb", "bin/run.rb")
    out = RubyResolver(files).resolve("gem/lib/acme.rb", Raw(("acme/web", "json", "./acme/web", "./acme/gone")))
    assert (out.modules, out.external, out.unresolved) == ({"gem/lib/acme/web.rb"}, 1, 1)


def test_a_rails_application_loads_by_the_names_of_constants() -> None:
    files = (
        "config/application.rb", "app/models/order.rb", "app/models/concerns/billed.rb", "app/models/store/item.rb", "lib/tax.rb",
        "app/controllers/orders_controller.rb",
    )  # fmt: skip
    names = ("Order", "Billed", "Store::Item::LIMIT", "Tax", "String", "OrdersController")
    out = RubyResolver(files).resolve("app/controllers/orders_controller.rb", Raw((), names=names))
    assert out.modules == {
        "app/models/order.rb",
        "app/models/concerns/billed.rb",
        "app/models/store/item.rb",
        "lib/tax.rb",
    }
    plain = RubyResolver(files[1:]).resolve("app/controllers/orders_controller.rb", Raw((), names=names))
    assert plain.modules == set()


def test_paths_out_of_the_repository_lead_nowhere() -> None:
    out = RubyResolver(("a.rb",)).resolve("a.rb", Raw(("./../../etc/passwd",)))
    assert (out.modules, out.unresolved) == (set(), 1)


@pytest.mark.parametrize("code", [b"", b"class (((", b"(" * 20_000, b"\xff\0", b"A::" * 20_000])
def test_broken_code_gives_what_it_can(code: bytes) -> None:
    assert len(parse(code).imports) <= 2_000
