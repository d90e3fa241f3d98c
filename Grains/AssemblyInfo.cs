using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Rules.Tests")]
[assembly: InternalsVisibleTo("Grains.Tests")]
[assembly: InternalsVisibleTo("Silo.Tests")]
