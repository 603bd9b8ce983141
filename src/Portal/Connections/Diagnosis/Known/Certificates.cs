using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>The driver verifies, and does not know the cluster's own authority.</summary>
internal sealed partial class UnknownAuthority : KnownMessage
{
    public override int Order => 60;

    public override string Sample => "self-signed certificate in certificate chain";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The driver does not know the CA that signed the server's certificate",
        "Each cluster has a CA of its own, which no system trusts by itself: to a driver that verifies, the certificate looks self-signed. sslmode=require is not one thing: some drivers only encrypt, node-postgres 8 and others verify.",
        "Download the CA file on the pool's page and let the driver use it. If it does already: is it the file of this cluster?")
    {
        Changes = [.. Advice.WithCaFile, new(Drivers.All, "Do not turn verification off (rejectUnauthorized: false, Trust Server Certificate=true): then nobody checks who answers.")],
    };

    [GeneratedRegex("""self[- ]signed certificate|unable to (?:verify the first certificate|get (?:local )?issuer certificate)|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|PKIX path building failed|certificate verify failed|signed by unknown authority|UnknownIssuer|RemoteCertificateChainErrors|UntrustedRoot|PartialChain|remote certificate (?:is invalid|was rejected)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The driver verifies, and was given no file, or one that is not there.</summary>
internal sealed partial class RootCertificateMissing : KnownMessage
{
    public override int Order => 59;

    public override string Sample => "root certificate file \"/root/.postgresql/root.crt\" does not exist";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The CA file is not where the driver looks for it",
        "The string asks to verify the server (verify-ca, verify-full). Without a name psql and libpq look for ~/.postgresql/root.crt; a bare name is looked for in the folder that the program was started in, which in a container or a service is rarely yours.",
        "Is the file where the app runs, and may the app's user read it? Try its full path.")
    {
        Changes =
        [
            new(Drivers.All, "Download the CA file on the pool's page, put it beside the app, and write its full path."),
            .. Advice.WithCaFile,
        ],
    };

    [GeneratedRegex("""root certificate file ["'`]?[^"'`\r\n]+["'`]? does not exist|could not open SSL root certificate file|(?:could not (?:find|read)|cannot open|no such file or directory|ENOENT)[^\r\n]{0,200}\.(?:crt|pem)\b|\.(?:crt|pem)\b[^\r\n]{0,40}no such file""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The certificate is good, and is for another name.</summary>
internal sealed partial class WrongHostName : KnownMessage
{
    public override int Order => 58;

    public override string Sample => "server certificate for \"*.db.ondigitalocean.com\" does not match host name \"localhost\"";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The certificate is for another host name",
        "With verify-full the name in the string must be the one in the certificate. An IP address, a tunnel (localhost) or a name of your own in front of the cluster is not in it.",
        "Compare the host in the string with that on the pool's page.")
    {
        Changes =
        [
            new(Drivers.All, "Use the cluster's own host name."),
            new(Drivers.Libpq, "Through a tunnel: the name to verify, and the address to connect to.", "host=CLUSTER-HOST hostaddr=127.0.0.1"),
            new(Drivers.NodePg, "Through a tunnel.", "ssl: { ca, servername: \"CLUSTER-HOST\" }"),
        ],
    };

    [GeneratedRegex("""does not match host ?name|does not match certificate|RemoteCertificateNameMismatch|ERR_TLS_CERT_ALTNAME_INVALID|certificate is valid for|NotValidForName|Hostname mismatch|could not be verified by hostnameverifier""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>Npgsql's way to say that it does not verify.</summary>
internal sealed partial class TrustServerCertificate : IKnownTrouble
{
    public int Order => 61;

    public string Sample => "To disable validation, explicitly set 'Trust Server Certificate' to true";

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        var isDemand = Demand().IsMatch(pasted.Text);
        if (!isDemand && pasted.Connection?["trustservercertificate"] is null && !pasted.Mentions("rejectUnauthorized: false"))
        {
            yield break;
        }

        yield return new Finding(
            isDemand ? Certainty.Certain : Certainty.Likely,
            "Trust Server Certificate: the server's certificate is not verified",
            "Npgsql 6 and 7 demand this setting beside SSL Mode=Require, because they do not verify then. Since Npgsql 8 it has no effect. In other drivers, rejectUnauthorized: false does the same. The traffic is encrypted, but nobody checks who answers.",
            "Look at the version of the Npgsql package.")
        {
            Changes =
            [
                new(Drivers.Npgsql, "Take it out and verify, with the CA file from the pool's page.", "SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt"),
                new(Drivers.NodePg, "Give the CA in its place.", "ssl: { ca: fs.readFileSync(\"ca-certificate.crt\", \"utf8\") }"),
            ],
        };
    }

    [GeneratedRegex("""set 'Trust Server Certificate' to true|To validate server certificates, please use VerifyFull""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Demand();
}

/// <summary>The cluster takes encrypted connections only.</summary>
internal sealed partial class TlsMissing : KnownMessage
{
    public override int Order => 57;

    public override string Sample => "FATAL: no pg_hba.conf entry for host \"203.0.113.7\", user \"app\", database \"orders\", no encryption";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The connection is not encrypted, and the cluster takes no other",
        "Managed clusters refuse connections without TLS. Not every driver asks for it by itself.",
        "Look for sslmode in the string, and for PGSSLMODE in the environment.")
    {
        Changes = EncryptionMissing.Changes,
    };

    [GeneratedRegex("""\bSSL required|no encryption\b|SSL off\b|(?:requires|must use) (?:SSL|TLS)|SSL/TLS required|no pg_hba\.conf entry""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
