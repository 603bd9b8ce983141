using Portal.Changes;
using Portal.Changes.AsCode;
using Portal.DigitalOcean;

namespace Portal.Tests.Changes.AsCode;

/// <summary>Each tool for each kind of change, word for word.</summary>
public sealed class CodeToolTests
{
    private const string Cluster = "11111111-1111-4111-8111-111111111111";

    private static readonly PoolFields Before = new(PoolMode.Transaction, 5, "checkout", "app");

    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["doctl Create"] = """
            doctl databases pool create 11111111-1111-4111-8111-111111111111 checkout-app \
              --mode transaction --size 12 --db checkout --user app \
              --format Name,Mode,Size,Database,User
            """,
        ["doctl Update"] = """
            doctl databases pool update 11111111-1111-4111-8111-111111111111 checkout-app \
              --mode transaction --size 12 --db checkout --user app
            """,
        ["doctl Delete"] = "doctl databases pool delete 11111111-1111-4111-8111-111111111111 checkout-app",
        ["curl Create"] = """
            curl --silent --show-error --fail --output /dev/null --write-out '%{http_code}\n' \
              --request POST --header "Authorization: Bearer $DIGITALOCEAN_TOKEN" \
              --header 'Content-Type: application/json' --data '{"name":"checkout-app","mode":"transaction","size":12,"db":"checkout","user":"app"}' \
              https://api.digitalocean.com/v2/databases/11111111-1111-4111-8111-111111111111/pools
            """,
        ["curl Update"] = """
            curl --silent --show-error --fail --output /dev/null --write-out '%{http_code}\n' \
              --request PUT --header "Authorization: Bearer $DIGITALOCEAN_TOKEN" \
              --header 'Content-Type: application/json' --data '{"mode":"transaction","size":12,"db":"checkout","user":"app"}' \
              https://api.digitalocean.com/v2/databases/11111111-1111-4111-8111-111111111111/pools/checkout-app
            """,
        ["curl Delete"] = """
            curl --silent --show-error --fail --output /dev/null --write-out '%{http_code}\n' \
              --request DELETE --header "Authorization: Bearer $DIGITALOCEAN_TOKEN" \
              https://api.digitalocean.com/v2/databases/11111111-1111-4111-8111-111111111111/pools/checkout-app
            """,
        ["pydo Create"] = """
            import os

            from pydo import Client

            client = Client(token=os.environ["DIGITALOCEAN_TOKEN"], retry_total=0)
            answer = client.databases.add_connection_pool(
                database_cluster_uuid="11111111-1111-4111-8111-111111111111",
                body={"name": "checkout-app", "mode": "transaction", "size": 12, "db": "checkout", "user": "app"},
            )
            if answer and "id" in answer and "message" in answer:  # a 404 does not raise
                raise SystemExit(answer["message"])
            """,
        ["pydo Update"] = """
            import os

            from pydo import Client

            client = Client(token=os.environ["DIGITALOCEAN_TOKEN"], retry_total=0)
            answer = client.databases.update_connection_pool(
                database_cluster_uuid="11111111-1111-4111-8111-111111111111",
                pool_name="checkout-app",
                body={"mode": "transaction", "size": 12, "db": "checkout", "user": "app"},
            )
            if answer and "id" in answer and "message" in answer:  # a 404 does not raise
                raise SystemExit(answer["message"])
            """,
        ["pydo Delete"] = """
            import os

            from pydo import Client

            client = Client(token=os.environ["DIGITALOCEAN_TOKEN"], retry_total=0)
            answer = client.databases.delete_connection_pool(
                database_cluster_uuid="11111111-1111-4111-8111-111111111111",
                pool_name="checkout-app",
            )
            if answer and "id" in answer and "message" in answer:  # a 404 does not raise
                raise SystemExit(answer["message"])
            """,
        ["terraform Create"] = Terraform,
        ["terraform Update"] = Terraform,
        ["terraform Delete"] = """
            # Take the data source and the resource of checkout-app out of your files.
            # If Terraform owns the pool, the next apply deletes it. If it only reads it, delete it first in the portal.
            # To let Terraform forget the pool without deleting it:
            removed {
              from = digitalocean_database_connection_pool.checkout-app

              lifecycle {
                destroy = false
              }
            }
            """,
    };

    private const string Terraform = """
        # Read the pool that the portal owns. Its connection is .private_uri or .uri: sensitive, and kept in the state.
        data "digitalocean_database_connection_pool" "checkout-app" {
          cluster_id = "11111111-1111-4111-8111-111111111111" # orders-prod
          name       = "checkout-app"
        }

        # Or let Terraform own it, in place of the data source. It is there already, so import it before you apply:
        # terraform import digitalocean_database_connection_pool.checkout-app 11111111-1111-4111-8111-111111111111,checkout-app
        resource "digitalocean_database_connection_pool" "checkout-app" {
          cluster_id = "11111111-1111-4111-8111-111111111111"
          name       = "checkout-app"
          mode       = "transaction"
          size       = 12
          db_name    = "checkout"
          user       = "app"
        }
        """;

    public static TheoryData<string, CodeKind> Everything()
    {
        var rows = new TheoryData<string, CodeKind>();
        foreach (var tool in CodeTools.All)
        {
            foreach (var kind in Enum.GetValues<CodeKind>())
            {
                rows.Add(tool.Id, kind);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_tool_writes_every_kind_as_expected(string tool, CodeKind kind)
    {
        var text = Tool(tool).Write(Request(kind));

        Expected.TryGetValue($"{tool} {kind}", out var expected).ShouldBeTrue($"add [\"{tool} {kind}\"]:\n{text}");
        text.ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void An_inbound_user_pool_has_no_user_in_it_and_all_else(string tool, CodeKind kind)
    {
        var text = Tool(tool).Write(Request(kind, Before with { User = null }));

        text.ShouldNotContain("user\":");
        text.ShouldNotContain("--user");
        text.ShouldNotContain("user  ");
        text.ShouldNotContain("\n\n}");
        text.ShouldContain("checkout-app");
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void No_tool_asks_for_or_shows_a_password(string tool, CodeKind kind)
    {
        var text = Tool(tool).Write(Request(kind));

        text.ShouldNotMatch("(?i)password|dop_v1|AVNS");
        Tool(tool).Notes(Request(kind)).ShouldAllBe(note => note.EndsWith('.'));
    }

    [Fact]
    public void The_tools_have_ids_of_their_own_and_are_offered_in_order() =>
        CodeTools.All.Select(tool => tool.Id).ShouldBe(["doctl", "pydo", "terraform", "curl"]);

    [Fact]
    public void An_update_says_that_it_replaces_the_whole_pool_and_Terraform_that_it_makes_a_new_one()
    {
        foreach (var tool in CodeTools.All.Where(tool => tool.Id != "terraform"))
        {
            tool.Notes(Request(CodeKind.Update)).ShouldContain(note => note.StartsWith("An update replaces the whole pool", StringComparison.Ordinal), tool.Id);
        }

        Tool("terraform").Notes(Request(CodeKind.Update)).ShouldContain(note => note.StartsWith("Terraform cannot resize", StringComparison.Ordinal));
        Tool("terraform").Notes(Request(CodeKind.Create)).ShouldContain(note => note.Contains("replaces the pool", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a${b}", "\"a$${b}\"")]
    [InlineData("a%{b}", "\"a%%{b}\"")]
    [InlineData("a\"b\\c\nd", "\"a\\\"b\\\\c\\nd\"")]
    [InlineData("a\u0001b", "\"a\\u0001b\"")]
    public void A_text_of_Terraform_is_no_expression(string value, string written) => Literal.Hcl(value).ShouldBe(written);

    [Theory]
    [InlineData("checkout-app", "checkout-app")]
    [InlineData("old.pool", "old_pool")]
    [InlineData("1st", "pool_1st")]
    [InlineData("", "pool_")]
    public void A_name_of_Terraform_is_one(string pool, string name) => Literal.HclName(pool).ShouldBe(name);

    [Fact]
    public void A_name_of_two_lines_does_not_leave_its_comment() => Literal.Comment("a\nb\r\u2028c").ShouldBe("a b  c");

    [Theory]
    [InlineData(ChangeKind.Create, CodeKind.Create)]
    [InlineData(ChangeKind.Resize, CodeKind.Update)]
    [InlineData(ChangeKind.Edit, CodeKind.Update)]
    [InlineData(ChangeKind.Delete, CodeKind.Delete)]
    [InlineData(ChangeKind.Adopt, null)]
    [InlineData(ChangeKind.ResetPassword, null)]
    public void A_change_is_written_as_what_it_asks_DigitalOcean_for(ChangeKind change, CodeKind? kind) => (CodeRequest.Of(Change(change, null))?.Kind).ShouldBe(kind);

    [Theory]
    [InlineData("""{"Mode":"Transaction","Size":5,"Database":"checkout","User":"app"}""")]
    [InlineData("""{"mode":0,"size":5,"database":"checkout","user":"app"}""")]
    public void What_the_person_saw_before_is_read(string before) => CodeRequest.Of(Change(ChangeKind.Resize, before))!.Before.ShouldBe(Before);

    [Fact]
    public void A_change_that_nobody_saw_anything_before_has_no_before() => CodeRequest.Of(Change(ChangeKind.Create, null))!.Before.ShouldBeNull();

    private static ICodeTool Tool(string id) => CodeTools.All.Single(tool => tool.Id == id);

    private static CodeRequest Request(CodeKind kind, PoolFields? fields = null) =>
        new(kind, new Guid(Cluster), "orders-prod", "checkout-app", Before, (fields ?? Before) with { Size = 12 });

    private static PoolChange Change(ChangeKind kind, string? before) => new()
    {
        FormId = Guid.Empty,
        Kind = kind,
        State = ChangeState.Done,
        ClusterId = new Guid(Cluster),
        ClusterName = "orders-prod",
        PoolName = "checkout-app",
        Mode = PoolMode.Transaction,
        Size = 12,
        Database = "checkout",
        User = "app",
        Before = before,
        Team = "Payments",
        RequesterId = "someone",
        RequesterName = "Someone",
        Decision = "",
        RequestedAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch,
    };
}
