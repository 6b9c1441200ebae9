namespace Crdt.Tests.Architecture.Arrows;

public sealed class ProjectFileTests
{
    private const string Text =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><RootNamespace>Shop</RootNamespace></PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="..\Core\Shop.Core.csproj" />
            <ProjectReference Include="../Gen/Shop.Gen.csproj">
              <OutputItemType>Analyzer</OutputItemType>
              <ReferenceOutputAssembly>false</ReferenceOutputAssembly>
            </ProjectReference>
            <PackageReference Include="Log" PrivateAssets="all" />
          </ItemGroup>
          <ItemGroup Condition="'$(X)' == 'y'">
            <PackageReference Include="Conditional" />
            <FrameworkReference Include="Web.App" />
            <PackageReference Update="Elsewhere" Version="1" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public void Reads_references_whatever_their_form()
    {
        var project = ProjectFile.Parse("src/Shop.Web/Shop.Web.csproj", Text);
        Assert.Equal("Shop.Web", project.Name);
        Assert.Equal("Shop", project.RootNamespace);
        Assert.Equal(["Shop.Core"], project.Projects);
        Assert.Equal(["Shop.Gen"], project.Analyzers);
        Assert.Equal(["Log", "Conditional", "Web.App"], project.Packages);
    }

    [Fact]
    public void Reads_what_the_folders_above_add()
    {
        var project = ProjectFile.Parse("src/A/A.csproj", "<Project/>", """<Project><ItemGroup><PackageReference Include="Log" /></ItemGroup></Project>""");
        Assert.Equal(["Log"], project.Packages);
        Assert.Equal("A", project.RootNamespace);
    }

    [Fact]
    public void A_generator_that_is_also_referred_to_as_a_library_is_a_dependency()
    {
        var item = """<ProjectReference Include="../G/G.csproj" OutputItemType="Analyzer" />""";
        Assert.Equal(["G"], ProjectFile.Parse("src/A/A.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>").Projects);
    }
}
