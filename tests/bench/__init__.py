"""What segmentation is measured with: captures made from TEI, and the measures themselves."""
