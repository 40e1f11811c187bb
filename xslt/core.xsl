<?xml version="1.0" encoding="UTF-8"?>
<!--
  What every output has in common. An output is an xsl:package that imports this file and begins with

      <xsl:template match="/">
        <xsl:apply-templates select="f:numbered(.)" mode="…"/>
      </xsl:template>

  f:numbered(document) is the same TEI with what is counted and named, made once for all outputs:
      note/@made:kind     foot | commentary | inline | block    (see f:note-kind in functions.xsl)
      note/@made:n        the number of a foot note, from 1 for each side of the entry
      */@made:id          the id of a note, paragraph, speech or line group: its xml:id, or one made for it
      pb/@made:n          the page's number or name as it is shown
      pb/@made:id         the page's id: p48, in the pages of the notes notes-p412; a page met again p48-2
      pb/@made:sequence   text | notes
      side/@made:id       on div[@type='entry'] and text: the id of the side
  Nothing but attributes is added, so path() is the path in the file.

  Every mode is declared here, once; in a package a misspelt mode is then an error of compilation.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:teipress:functions"
  xmlns:made="urn:teipress:made"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:import href="functions.xsl"/>
  <xsl:import href="number.xsl"/>

  <!-- Where a transformation starts: the output's own match="/". -->
  <xsl:mode use-accumulators="#all" on-no-match="fail"/>
  <!-- TEI to TEI: numbers, ids and labels. -->
  <xsl:mode name="number" on-no-match="shallow-copy" use-accumulators="#all"/>
  <!-- TEI to XHTML, for the website. -->
  <xsl:mode name="web" on-no-match="text-only-copy"/>
  <!-- TEI to typed JSON, for the book: things between lines, and things in a line. -->
  <xsl:mode name="print" on-no-match="text-only-copy"/>
  <xsl:mode name="print-inline" on-no-match="text-only-copy"/>

  <!-- The document with its notes, paragraphs and pages numbered. -->
  <xsl:function name="f:numbered" as="document-node()">
    <xsl:param name="document" as="document-node()"/>
    <xsl:document>
      <xsl:apply-templates select="$document/node()" mode="number"/>
    </xsl:document>
  </xsl:function>
</xsl:stylesheet>
