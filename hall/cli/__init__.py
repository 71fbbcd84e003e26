"""The command line. Each module has the commands of one noun; exit status 0 yes, 1 refusal, 2 wrong use."""

import typer

from hall.cli import content, documents, operations, registry, serving

app = typer.Typer(
    help="网上办事大厅：检查内容、走指南、出表格、送后台。", no_args_is_help=True, pretty_exceptions_enable=False
)
content.add_to(app)
documents.add_to(app)
operations.add_to(app)
registry.add_to(app)
serving.add_to(app)
