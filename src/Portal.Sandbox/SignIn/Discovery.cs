namespace Portal.Sandbox.SignIn;

/// <summary>What the provider says about itself (OpenID Connect Discovery 1.0, RFC 8414, RFC 9207).</summary>
internal static class Discovery
{
    public static string Json(string issuer) => $$"""
        {
          "issuer": "{{issuer}}",
          "authorization_endpoint": "{{issuer}}/authorize",
          "token_endpoint": "{{issuer}}/token",
          "jwks_uri": "{{issuer}}/jwks",
          "end_session_endpoint": "{{issuer}}/end_session",
          "response_types_supported": ["code"],
          "response_modes_supported": ["query"],
          "grant_types_supported": ["authorization_code"],
          "subject_types_supported": ["public"],
          "id_token_signing_alg_values_supported": ["RS256"],
          "scopes_supported": ["openid", "profile", "email"],
          "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
          "token_endpoint_auth_signing_alg_values_supported": ["PS256", "RS256"],
          "code_challenge_methods_supported": ["S256"],
          "claims_supported": [
            "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid",
            "name", "preferred_username", "email", "roles", "groups"
          ],
          "prompt_values_supported": ["none", "login", "consent", "select_account"],
          "claims_parameter_supported": false,
          "request_parameter_supported": false,
          "request_uri_parameter_supported": false,
          "frontchannel_logout_supported": true,
          "frontchannel_logout_session_supported": true,
          "backchannel_logout_supported": true,
          "backchannel_logout_session_supported": true,
          "authorization_response_iss_parameter_supported": true
        }

        """;
}
