using BtcAgent.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
