using Npgsql;
using Portal.Commands;

namespace Portal.Tests.Commands;

public sealed class PostgreSqlDumpTests
{
    [Fact]
    public void The_line_for_another_machine_has_everything_but_the_password() =>
        PostgreSqlDump.Line(new NpgsqlConnectionStringBuilder("Host=db.internal;Port=25060;Database=portal;Username=portal;Password=hunter2"))
            .ShouldBe("pg_dump --format=custom --no-owner --host=db.internal --port=25060 --username=portal --dbname=portal --file=portal.dump");
}
