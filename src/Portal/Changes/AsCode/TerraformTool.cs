using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Changes.AsCode;

/// <summary>DigitalOcean's provider for Terraform. The data source comes first: the portal owns the pool, Terraform reads it.</summary>
/// <seealso href="https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/docs/resources/database_connection_pool.md"/>
internal sealed class TerraformTool : ICodeTool
{
    public string Id => "terraform";

    public string Name => "Terraform";

    public int Order => 30;

    public string Caption => "pool.tf";

    public string Write(CodeRequest request) => request.Kind is CodeKind.Delete
        ? $$"""
            # Take the data source and the resource of {{Literal.Comment(request.Pool)}} out of your files.
            # If Terraform owns the pool, the next apply deletes it. If it only reads it, delete it first in the portal.
            # To let Terraform forget the pool without deleting it:
            removed {
              from = digitalocean_database_connection_pool.{{Literal.HclName(request.Pool)}}

              lifecycle {
                destroy = false
              }
            }
            """
        : $$"""
            # Read the pool that the portal owns. Its connection is .private_uri or .uri: sensitive, and kept in the state.
            data "digitalocean_database_connection_pool" {{Literal.Hcl(Literal.HclName(request.Pool))}} {
              cluster_id = "{{request.ClusterId:D}}" # {{Literal.Comment(request.ClusterName)}}
              name       = {{Literal.Hcl(request.Pool)}}
            }

            # Or let Terraform own it, in place of the data source. It is there already, so import it before you apply:
            # terraform import digitalocean_database_connection_pool.{{Literal.HclName(request.Pool)}} {{request.ClusterId:D}},{{Literal.Comment(request.Pool)}}
            resource "digitalocean_database_connection_pool" {{Literal.Hcl(Literal.HclName(request.Pool))}} {
              cluster_id = "{{request.ClusterId:D}}"
              name       = {{Literal.Hcl(request.Pool)}}
              mode       = "{{request.After.Mode.ToApiText()}}"
              size       = {{request.After.Size.ToString(CultureInfo.InvariantCulture)}}
              db_name    = {{Literal.Hcl(request.After.Database)}}
            {{User(request)}}}
            """;

    public IEnumerable<string> Notes(CodeRequest request) => request.Kind switch
    {
        CodeKind.Update =>
        [
            "Terraform cannot resize or edit a pool: it deletes it and makes a new one, and every client of it fails in between. Change it in the portal, then write the new values here; the next plan finds nothing to do.",
        ],
        CodeKind.Create => ["With the resource, every later change of size, mode, database or user replaces the pool: it is deleted and made again, and its clients fail in between."],
        _ => ["Terraform 1.7 or newer knows removed; before, terraform state rm does the same."],
    };

    private static string User(CodeRequest request) => request.After.User is { } user ? $"  user       = {Literal.Hcl(user)}\n" : "";
}
