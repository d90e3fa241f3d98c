using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Events as source-generated JSON, instead of Akka's reflecting default.</summary>
public sealed class AkkaCaseJson(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 20200;

    public override string Manifest(object o) => "case-event";

    public override byte[] ToBinary(object obj) => JsonSerializer.SerializeToUtf8Bytes((CaseEvent)obj, CaseJson.Default.CaseEvent);

    public override object FromBinary(byte[] bytes, string manifest) => JsonSerializer.Deserialize(bytes, CaseJson.Default.CaseEvent)!;
}
