using BtcAgent.Testing;

[assembly: AssemblyFixture(typeof(KafkaBroker))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
