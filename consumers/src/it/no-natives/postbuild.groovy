String log = new File(basedir, "build.log").text
assert log.contains("add this module to what runs")
assert log.contains("<artifactId>mia-natives-" + platform + "</artifactId>")
