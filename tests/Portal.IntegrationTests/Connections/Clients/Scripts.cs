namespace Portal.IntegrationTests.Connections;

/// <summary>
/// What an application does with the code of a text: the same query often enough that a driver would prepare it on the server, each time in
/// a transaction of its own. What one run leaves behind on a server connection, the next one meets.
/// </summary>
internal static class Scripts
{
    public const string Secret = """
        require 'yaml'
        secret = YAML.safe_load(File.read('secret.yaml'))
        raise 'not a Secret' unless secret['kind'] == 'Secret' && secret['apiVersion'] == 'v1' && secret['metadata']['name'] =~ /\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z/
        secret['stringData'].each { |key, value| File.write(key, value) }
        File.write('uri', secret['stringData']['uri'].sub("/etc/#{secret['metadata']['name']}/", ''))
        """;

    public static string Java(string query) => $$"""
        import java.io.*;
        import java.sql.*;
        import java.util.*;
        Properties read = new Properties();
        read.load(new InputStreamReader(new FileInputStream("database.properties"), "ISO-8859-1"));
        String url = null;
        Properties own = new Properties();
        for (Object key : read.keySet()) {
            if (((String) key).endsWith("url")) { url = read.getProperty((String) key); }
            else if (key.equals("user") || key.equals("password")) { own.setProperty((String) key, read.getProperty((String) key)); }
        }
        Connection connection = DriverManager.getConnection(url, own);
        PreparedStatement statement = connection.prepareStatement("{{query}} || ?");
        String answer = null;
        for (int i = 0; i < 8; i++) {
            statement.setString(1, "");
            ResultSet rows = statement.executeQuery();
            rows.next();
            answer = rows.getString(1);
            rows.close();
        }
        connection.close();
        print(answer);
        """;

    public static string Node(string format, string query) => format == "node-pg"
        ? $$"""
            import { pool } from './db.mjs';
            let answer;
            for (let i = 0; i < 8; i++) answer = (await pool.query("{{query}} || $1::text as answer", [''])).rows[0].answer;
            console.log(answer);
            await pool.end();
            """
        : $$"""
            import { sql } from './db.mjs';
            let answer;
            for (let i = 0; i < 8; i++) answer = (await sql`{{query}} || ${''}::text as answer`)[0].answer;
            console.log(answer);
            await sql.end();
            """;

    public static string Python(string format, string query) => format switch
    {
        "psycopg" => $$"""
            from db import connection
            for _ in range(8):
                answer = connection.execute("{{query}} || %s::text", [""]).fetchone()[0]
                if not connection.autocommit:
                    connection.commit()
            print(answer)
            connection.close()
            """,
        "sqlalchemy" => $$"""
            from sqlalchemy import text
            from db import engine
            for _ in range(8):
                with engine.connect() as connection:
                    answer = connection.execute(text("{{query}} || cast(:nothing as text)"), {"nothing": ""}).scalar()
            print(answer)
            engine.dispose()
            """,
        _ => $$"""
            import settings as own
            from django.conf import settings
            own.DATABASES.setdefault("default", dict(next(iter(own.DATABASES.values()))))
            settings.configure(DATABASES=own.DATABASES)
            import django
            from django.db import connections
            django.setup()
            alias = "direct" if "direct" in own.DATABASES else "default"
            for _ in range(8):
                with connections[alias].cursor() as cursor:
                    cursor.execute("{{query}} || %s::text", [""])
                    answer = cursor.fetchone()[0]
            print(answer)
            connections.close_all()
            """,
    };

    public static string Ruby(string query) => $$"""
        require 'active_record'
        require 'erb'
        require 'yaml'
        settings = YAML.safe_load(ERB.new(File.read('config/database.yml')).result)
        ActiveRecord::Base.establish_connection(settings['production'])
        answer = nil
        8.times do
          nothing = ActiveRecord::Relation::QueryAttribute.new('nothing', '', ActiveRecord::Type::String.new)
          answer = ActiveRecord::Base.connection.exec_query("{{query}} || $1::text AS answer", 'Query', [nothing], prepare: settings['production'].fetch('prepared_statements', true)).first['answer']
        end
        puts answer
        ActiveRecord::Base.connection.disconnect!
        """;

    public static string Php(string query) => $$"""
        <?php
        require 'db.php';
        $pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
        for ($i = 0; $i < 8; $i++) {
            $statement = $pdo->prepare("{{query}} || cast(? as text)");
            $statement->execute(['']);
            $answer = $statement->fetchColumn();
        }
        echo $answer, "\n";
        """;
}
